package org.surgewire.streams.operations;

/** Steps, stores and repartition topics of the operations feature. */
public final class OperationNames {
    static final String OF_CASE = "take-operation-of-case";
    public static final String BY_OPERATION = "cases-by-operation";
    static final String ASSEMBLE = "assemble-operations";
    static final String CHANGED = "take-changed-operations";
    static final String MARK = "mark-operations-as-events";
    static final String SINK = "write-operations";

    /** Cases of an operation, by operation id, a bar and the case id. */
    static final String CASES = "operation-cases";

    /** Operations as last published, by operation id. */
    public static final String OPERATIONS = "operations-latest";

    private OperationNames() {}
}
