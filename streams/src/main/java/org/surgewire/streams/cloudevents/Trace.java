package org.surgewire.streams.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a record on its way through the topology carries of the record that caused it. */
public final class Trace {
    /** Headers of W3C Trace Context, which pass through unread. */
    private static final List<String> PASSED = List.of("traceparent", "tracestate");

    /** Which revision of which release a change follows from; never leaves the topology. */
    private static final String CAUSE = "cause";

    private Trace() {}

    /** The trace of these headers and nothing else of them. */
    static Headers of(Headers given) {
        var passed = new RecordHeaders();
        for (String name : PASSED) {
            Header header = given.lastHeader(name);
            if (header != null) {
                passed.add(header);
            }
        }
        return passed;
    }

    /** The trace of an announcement, with the revision that what follows from it is made known by. */
    public static Headers of(Headers announcement, String releaseId, int revision) {
        return of(announcement).add(CAUSE, (releaseId + "/" + revision).getBytes(StandardCharsets.UTF_8));
    }

    /** The revision that these headers were made for. What was under way in a release without this has none: then the time. */
    static String cause(Headers of, long timestamp) {
        Header cause = of.lastHeader(CAUSE);
        return cause == null ? Long.toString(timestamp) : new String(cause.value(), StandardCharsets.UTF_8);
    }
}
