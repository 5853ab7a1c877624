package org.surgewire.standalone.sql;

/** A question that cannot be answered, with what to change. */
public final class QueryRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueryRefused(String why) {
        super(why, null, false, false);
    }
}
