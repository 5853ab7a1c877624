package org.surgewire.streams.cases;

/** Steps, stores and repartition topics of the cases feature. They outlive a deploy: a renamed store is an empty one. */
public final class CaseNames {
    static final String SOURCE = "read-announcements";
    static final String SORT = "sort-announcements";
    static final String REFUSED = "-that-cannot-be-counted";
    static final String PARK = "park-announcements-that-cannot-be-counted";
    static final String PARKED = "write-announcements-that-cannot-be-counted";
    static final String PASSED = "-that-can-be-counted";
    public static final String ONE_PARTITION = "announcements-of-the-country";
    static final String RESOLVE = "resolve-cases";
    static final String CHANGED = "take-changed-cases";
    static final String MARK = "mark-cases-as-events";
    static final String SINK = "write-cases";

    /** Latest revision of every announcement, by release id. */
    public static final String ANNOUNCEMENTS = "announcements-latest";

    /** Cases as last published, by case id. */
    public static final String CASES = "cases-latest";

    /** Links between the events of announcements and the case of each, by {@link Telling#id()}. */
    public static final String LINKS = "release-links";

    /** Where candidates for links are looked up, see {@link LinkIndex}. */
    static final String INDEX = "link-index";

    /** First and last publication day of all announcements, under {@link #CLOCK_KEY}. */
    public static final String CLOCK = "publication-days";

    /** The one key of {@link #CLOCK}. */
    public static final String CLOCK_KEY = "all";

    /** Revisions that a later one replaced, by release id, a bar and the revision. */
    public static final String FORMER = "announcements-former";

    /** Links that a revision took back, from either side: two release ids with a bar between. */
    public static final String FORMER_LINKS = "links-former";

    /** Every revision by the instant since when it is known, see {@link KnownRevision}. */
    public static final String KNOWN = "revisions-known";

    private CaseNames() {}
}
