package org.surgewire.standalone.registry;

/** A request that is refused, with the error code of Confluent's Schema Registry that says why. */
final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    RegistryException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** A plain HTTP status, or five digits that begin with one. */
    int code() {
        return code;
    }

    int status() {
        return code > 999 ? code / 100 : code;
    }
}
