package org.surgewire.streams.coverage;

/** Steps and stores of the coverage feature. They outlive a deploy: a renamed store is an empty one. */
public final class CoverageNames {
    static final String SOURCE = "read-source-health";
    public static final String ONE_PARTITION = "source-health-of-the-country";
    static final String KEEP = "keep-source-health";

    /** Last report of every source that reports its health, by source id. */
    public static final String HEALTH = "source-health";

    /** First and last publication day of every source's announcements, by source id. */
    public static final String SOURCES = "source-days";

    private CoverageNames() {}
}
