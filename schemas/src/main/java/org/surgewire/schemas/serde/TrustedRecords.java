package org.surgewire.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;

/** Lets Avro make instances of our own record classes; it refuses every class that nobody vouches for. */
final class TrustedRecords {
    private static final String RECORDS = "org.surgewire.";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(RECORDS)));
    }

    private TrustedRecords() {}

    /** Takes effect once, when this class is first used. */
    static void trust() {}
}
