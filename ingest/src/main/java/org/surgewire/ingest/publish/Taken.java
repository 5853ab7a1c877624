package org.surgewire.ingest.publish;

/** What became of a revision that was handed over. */
public enum Taken {
    /** It is new and published, with the next commit at the latest. */
    NEW,
    /** It is what was published last of its release. */
    AS_BEFORE,
    /** It is larger than the topic takes, and parked. */
    TOO_LARGE
}
