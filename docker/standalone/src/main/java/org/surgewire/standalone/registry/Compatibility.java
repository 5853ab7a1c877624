package org.surgewire.standalone.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Which of a subject's schemas a new one must be able to exchange records with, as Confluent's Schema Registry defines
 * the levels. Backward: readers of the new schema read records of the old one; forward: the other way round; full: both.
 * Transitive: with every earlier version, not only the latest.
 */
enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** @throws RegistryException with code 42203 for any other name */
    static Compatibility of(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    42203,
                    "Invalid compatibility level. Valid values are none, backward, forward, full,"
                            + " backward_transitive, forward_transitive, and full_transitive");
        }
    }

    /** Why the new schema does not fit the earlier ones (oldest first); empty when it does. */
    List<String> conflicts(Schema candidate, List<Schema> earlier) {
        var conflicts = new ArrayList<String>();
        for (Schema previous : transitive ? earlier : latest(earlier)) {
            if (backward) {
                conflicts.addAll(
                        conflicts(candidate, previous, "the new schema cannot read records of an earlier one"));
            }
            if (forward) {
                conflicts.addAll(
                        conflicts(previous, candidate, "an earlier schema cannot read records of the new one"));
            }
        }
        return conflicts.stream().distinct().toList();
    }

    private static List<Schema> latest(List<Schema> earlier) {
        return earlier.subList(Math.max(0, earlier.size() - 1), earlier.size());
    }

    private static List<String> conflicts(Schema reader, Schema writer, String direction) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found ->
                        direction + ": " + found.getType() + " at " + found.getLocation() + ": " + found.getMessage())
                .toList();
    }
}
