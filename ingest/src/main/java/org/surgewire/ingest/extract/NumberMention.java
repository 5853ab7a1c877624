package org.surgewire.ingest.extract;

/**
 * A number in the text.
 *
 * @param from index of the first token of its hedge, or of the number
 * @param first index of the number's first token
 * @param end index behind its last token
 * @param nounEnd index behind the noun phrase that it counts; {@code end} when it stands alone
 * @param bracketed whether it stands in brackets ("Mexico (125)")
 */
record NumberMention(
        int from,
        int first,
        int end,
        int nounEnd,
        long value,
        Qualifier qualifier,
        Use use,
        Unit unit,
        boolean bracketed) {
    /** What the number is used for. */
    enum Use {
        COUNT,
        AGE,
        DURATION,
        MONEY,
        PERCENT,
        MEASURE,
        ORDINAL,
        MODIFIER,
        OTHER
    }

    /** What a count counts; {@code PART} is "N of the …", {@code BARE} a number without a noun. */
    enum Unit {
        PERSON,
        ARREST,
        OFFICER,
        VICTIM,
        THING,
        PART,
        BARE,
        UNKNOWN
    }

    boolean count() {
        return use == Use.COUNT;
    }

    /** Whether the number can count arrested persons as far as its noun says. */
    boolean personal() {
        return use == Use.COUNT
                && (unit == Unit.PERSON
                        || unit == Unit.ARREST
                        || unit == Unit.PART
                        || unit == Unit.BARE
                        || unit == Unit.UNKNOWN);
    }
}
