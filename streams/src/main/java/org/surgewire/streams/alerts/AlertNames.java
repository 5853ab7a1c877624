package org.surgewire.streams.alerts;

/** Steps and stores of the alerts feature. They outlive a deploy: a renamed store is an empty one. */
public final class AlertNames {
    static final String TAKE_COUNTED = "take-counted-to-judge";
    static final String TAKE_REPORTS = "take-reports-to-judge";
    static final String BOTH = "bring-counted-and-reports-together";
    static final String JUDGE = "judge-days";
    static final String MARK = "mark-alerts-as-events";
    static final String SINK = "write-alerts";
    static final String TELL_OPERATIONS = "tell-news-of-operations";
    static final String MARK_OPERATIONS = "mark-operation-alerts-as-events";
    static final String OPERATIONS_SINK = "write-operation-alerts";

    /** Days that are a surge or carry one on, by jurisdiction id, a bar and the day. */
    static final String ALARMS = "alarms-daily";

    /** Jurisdictions that a day would open an alert in, by day. */
    static final String DISCOVERIES = "discoveries-daily";

    /** Ends of 28 days that are a lull, by jurisdiction id, a bar and the day. */
    static final String LULLS = "lulls-weekly";

    /** What a day's arrests rest on, by jurisdiction id, a bar, the day, a bar and the case id. */
    public static final String EVIDENCE = "alarm-evidence";

    /** Alerts as last published, by jurisdiction or source id, a bar and the alert id. */
    public static final String ALERTS = "alerts-latest";

    /** Last day that keeps an alert of a jurisdiction open, by the same keys. */
    public static final String OPEN = "alerts-open";

    /** Between which days every source has published, by source id, see {@code SourcesRead}. */
    public static final String SOURCE_DAYS = "alert-source-days";

    /** First and last publication day of all announcements, under one key. */
    static final String CLOCK = "alert-clock";

    /** Alerts of operations as last published, by operation id, a bar and the alert id. */
    public static final String OPERATION_ALERTS = "operation-alerts-latest";

    /** Last day that keeps an operation's alert open, by the same keys. */
    static final String OPERATION_OPEN = "operation-alerts-open";

    /** Last publication day of all announcements, under one key. */
    static final String OPERATION_CLOCK = "operation-alert-clock";

    /** Every version of every alert, see {@link AlertVersions}. */
    public static final String VERSIONS = "alert-versions";

    /** The same for alerts of operations. */
    public static final String OPERATION_VERSIONS = "operation-alert-versions";

    private AlertNames() {}
}
