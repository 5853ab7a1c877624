package org.surgewire.ingest.text;

/** What a phrase of the lexicon can mean. The data files say for each which phrases carry it. */
public enum Tag {
    // Numbers and measures.
    UNIT,
    QUALIFIER,
    MEASURE,
    DURATION,
    // Verbs and their nouns.
    ARREST_VERB,
    ARREST_NOUN,
    TAKE,
    CUSTODY,
    YIELD,
    AUXILIARY,
    RISE,
    // What is counted.
    PERSON,
    OFFICER,
    VICTIM,
    THING,
    STOP,
    // Cues of role.
    WIDER,
    EARLIER,
    TO_DATE,
    GOAL,
    SUBSET,
    ALSO,
    SEPARATE,
    ASIDE,
    // Kinds.
    PLANNED,
    LAUNCHED,
    ONGOING,
    CONCLUDED,
    CHARGED,
    STATISTICS,
    REMOVED,
    POLICY,
    FEATURE,
    ACTION,
    // Operations.
    OPERATION,
    NAMED,
    NAME_END,
    BACKGROUND,
    // Dates.
    MONTH,
    WEEKDAY,
    PERIOD_START,
    PERIOD_END,
    PERIOD_SPAN,
    ORDINAL,
    SEASON,
    // Breakdown.
    CATEGORY,
    // Places.
    PREPOSITION,
    PLACE_NOUN,
    NOT_PLACE,
    OFFICE,
    ELSEWHERE,
    HAPPENED,
    SINGULAR,
    OFF_TOPIC,
    CHARGE_VERB,
    COMPARISON,
    FACE,
    PROGRAMME,
    TERM,
    PARTIAL,
    TOWN,
    OFF_SCENE,
    FORCE,
    TALLY,
    BETWEEN,
    AGENCY,
    CAMPAIGN;

    /** Words of bits that hold one bit for each tag. */
    static final int WORDS = (values().length + Long.SIZE - 1) / Long.SIZE;

    /** The tag's bit in its word. */
    @SuppressWarnings("EnumOrdinal")
    long bit() {
        return 1L << ordinal();
    }

    /** Which of the words of bits holds the tag's. */
    @SuppressWarnings("EnumOrdinal")
    int word() {
        return ordinal() / Long.SIZE;
    }
}
