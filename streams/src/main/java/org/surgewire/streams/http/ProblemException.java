package org.surgewire.streams.http;

import java.util.List;

/** A request that cannot be answered, and why. */
final class ProblemException extends RuntimeException {
    private final int status;
    private final transient List<?> suggestions;

    private ProblemException(int status, String detail, List<?> suggestions) {
        super(detail, null, false, false);
        this.status = status;
        this.suggestions = suggestions;
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, detail, List.of());
    }

    static ProblemException notFound(String detail, List<?> suggestions) {
        return new ProblemException(404, detail, suggestions);
    }

    Problem at(String instance) {
        return Problem.of(status, String.valueOf(getMessage()), instance, suggestions);
    }
}
