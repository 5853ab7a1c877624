package org.surgewire.streams.alerts;

/** Steps and stores of the alerts feature. They outlive a deploy: a renamed store is an empty one. */
public final class AlertNames {
    static final String JUDGE = "judge-days";
    static final String SINK = "write-alerts";

    /** Alarm days, by jurisdiction id. */
    static final String ALARMS = "alarms-daily";

    /** What a day's arrests rest on, by jurisdiction id, a bar, the day, a bar and the case id. */
    public static final String EVIDENCE = "alarm-evidence";

    /** Alerts as last published, by jurisdiction id, a bar and the first day. */
    public static final String ALERTS = "alerts-latest";

    /** Keys of the alerts that are open. */
    static final String OPEN = "alerts-open";

    /** First and last publication day of all announcements, under one key. */
    static final String CLOCK = "alert-clock";

    private AlertNames() {}
}
