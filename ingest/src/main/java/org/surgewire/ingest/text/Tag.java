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
    AGENCY,
    CAMPAIGN;

    /** One bit for each tag; fits as long as there are at most 64 tags. */
    @SuppressWarnings("EnumOrdinal")
    long bit() {
        return 1L << ordinal();
    }
}
