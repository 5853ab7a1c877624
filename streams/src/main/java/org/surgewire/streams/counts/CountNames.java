package org.surgewire.streams.counts;

/** Steps, stores and repartition topics of the counts feature. They outlive a deploy: a renamed store is an empty one. */
public final class CountNames {
    static final String SHARES = "split-case-into-shares";
    public static final String BY_JURISDICTION = "shares-by-jurisdiction";
    static final String ADD = "add-shares";
    static final String CHANGED = "take-changed-counts";
    static final String MARK = "mark-counts-as-events";
    static final String SINK = "write-counts";

    /** Daily panes, by jurisdiction id, a bar and the year: {@code ocd-division/country:us|2020}. */
    public static final String DAILY = "arrests-daily";

    /** First and last day with an announcement, by jurisdiction id. */
    public static final String SPANS = "arrests-spans";

    /** The same panes of the series by stated period. */
    public static final String BY_PERIOD = "arrests-by-period";

    /** First and last day of that series, by jurisdiction id. */
    public static final String BY_PERIOD_SPANS = "arrests-by-period-spans";

    private CountNames() {}
}
