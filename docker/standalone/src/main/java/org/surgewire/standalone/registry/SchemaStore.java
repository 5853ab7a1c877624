package org.surgewire.standalone.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Subjects, their versions, and the compatibility that guards them. Every change is written to the journal before it is
 * visible; a change whose write failed may or may not be in the journal, so from then on changes are refused.
 *
 * <p>An id stands for one schema for ever, and a version number for one schema of its subject: deletion hides, it does
 * not forget.
 */
final class SchemaStore {
    /** Where changes are kept. Replaying them in order through {@link #restore} gives the same store. */
    interface Journal {
        void append(SchemaVersion version) throws IOException;

        /** The level of a subject, or with null the global one; null as level takes the subject's own level away. */
        void append(@Nullable String subject, @Nullable Compatibility level) throws IOException;
    }

    record SchemaVersion(String subject, int version, int id, String schema, boolean deleted) {
        private SchemaVersion hidden() {
            return new SchemaVersion(subject, version, id, schema, true);
        }
    }

    private static final int MAX_SUBJECT_LENGTH = 500;

    private final Journal journal;
    private final TreeMap<String, TreeMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final TreeMap<Integer, AvroText> schemas = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private Compatibility globalLevel = Compatibility.FULL_TRANSITIVE;
    private boolean broken;

    SchemaStore(Journal journal) {
        this.journal = journal;
    }

    synchronized void restore(SchemaVersion version) {
        AvroText text = AvroText.parse(version.schema());
        schemas.putIfAbsent(version.id(), text);
        ids.putIfAbsent(text.identity(), version.id());
        subjects.computeIfAbsent(version.subject(), s -> new TreeMap<>()).put(version.version(), version);
    }

    synchronized void restore(@Nullable String subject, @Nullable Compatibility level) {
        if (subject == null) {
            globalLevel = level == null ? Compatibility.FULL_TRANSITIVE : level;
        } else if (level == null) {
            levels.remove(subject);
        } else {
            levels.put(subject, level);
        }
    }

    /** The id of this schema, which is a version of the subject from now on, if it was not before. */
    synchronized int register(String subject, AvroText text) {
        checkName(subject);
        for (SchemaVersion known : visible(subject)) {
            if (textOf(known).identity().equals(text.identity())) {
                return known.id();
            }
        }
        List<String> conflicts = conflicts(subject, text, visible(subject));
        if (!conflicts.isEmpty()) {
            throw new RegistryException(
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                            + "\", details: " + conflicts);
        }
        var versions = subjects.getOrDefault(subject, new TreeMap<>());
        int version = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        Integer known = ids.get(text.identity());
        int id = known != null ? known : schemas.isEmpty() ? 1 : schemas.lastKey() + 1;
        change(new SchemaVersion(subject, version, id, text.text(), false));
        return id;
    }

    /** The version of the subject that is this schema. */
    synchronized SchemaVersion lookup(String subject, AvroText text, boolean withDeleted) {
        return versions(subject, withDeleted).stream()
                .filter(v -> textOf(v).identity().equals(text.identity()))
                .findFirst()
                .orElseThrow(() -> new RegistryException(40403, "Schema not found"));
    }

    synchronized String schema(int id) {
        return Optional.ofNullable(schemas.get(id))
                .orElseThrow(() -> new RegistryException(40403, "Schema " + id + " not found"))
                .text();
    }

    /** The highest id given so far, 0 when there is none. */
    synchronized int maxId() {
        return schemas.isEmpty() ? 0 : schemas.lastKey();
    }

    synchronized List<SchemaVersion> versionsOf(int id, boolean withDeleted) {
        schema(id);
        return subjects.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(v -> v.id() == id && (withDeleted || !v.deleted()))
                .toList();
    }

    synchronized List<String> subjects(String prefix, boolean withDeleted) {
        return subjects.keySet().stream()
                .filter(s -> s.startsWith(prefix) && (withDeleted || !visible(s).isEmpty()))
                .toList();
    }

    /** All versions, oldest first; never empty. */
    synchronized List<SchemaVersion> versions(String subject, boolean withDeleted) {
        List<SchemaVersion> found = withDeleted
                ? List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values())
                : visible(subject);
        if (found.isEmpty()) {
            throw new RegistryException(40401, "Subject '" + subject + "' not found.");
        }
        return found;
    }

    /** @param version a number, or {@code latest} or -1 */
    synchronized SchemaVersion version(String subject, String version, boolean withDeleted) {
        int number = number(version);
        List<SchemaVersion> versions = versions(subject, withDeleted);
        if (number == -1) {
            return versions.get(versions.size() - 1);
        }
        return versions.stream()
                .filter(v -> v.version() == number)
                .findFirst()
                .orElseThrow(() -> new RegistryException(40402, "Version " + number + " not found."));
    }

    synchronized List<Integer> deleteSubject(String subject) {
        if (visible(subject).isEmpty() && subjects.containsKey(subject)) {
            throw new RegistryException(40404, "Subject '" + subject + "' was soft deleted.");
        }
        List<SchemaVersion> versions = versions(subject, false);
        versions.forEach(v -> change(v.hidden()));
        return versions.stream().map(SchemaVersion::version).toList();
    }

    synchronized int deleteVersion(String subject, String version) {
        SchemaVersion found = version(subject, version, false);
        change(found.hidden());
        return found.version();
    }

    synchronized Compatibility level() {
        return globalLevel;
    }

    synchronized Optional<Compatibility> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** Sets the level of a subject, or with null the global one; null as level goes back to the default. */
    synchronized void setLevel(@Nullable String subject, @Nullable Compatibility level) {
        if (subject != null) {
            checkName(subject);
        }
        write(() -> journal.append(subject, level));
        restore(subject, level);
    }

    /** Why this schema would be refused as the subject's next version; empty when it would not be. */
    synchronized List<String> conflicts(String subject, AvroText text) {
        return conflicts(subject, text, visible(subject));
    }

    /** As {@link #conflicts(String, AvroText)}, against one version only. */
    synchronized List<String> conflicts(String subject, AvroText text, String version) {
        return conflicts(subject, text, List.of(version(subject, version, false)));
    }

    private List<String> conflicts(String subject, AvroText text, List<SchemaVersion> earlier) {
        return level(subject)
                .orElse(globalLevel)
                .conflicts(
                        text.schema(),
                        earlier.stream().map(v -> textOf(v).schema()).toList());
    }

    private List<SchemaVersion> visible(String subject) {
        var versions =
                new ArrayList<>(subjects.getOrDefault(subject, new TreeMap<>()).values());
        versions.removeIf(SchemaVersion::deleted);
        return versions;
    }

    private AvroText textOf(SchemaVersion version) {
        return Optional.ofNullable(schemas.get(version.id())).orElseThrow();
    }

    private static int number(String version) {
        if (version.equals("latest")) {
            return -1;
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0 || number == -1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range.
        }
        throw new RegistryException(
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    private static void checkName(String subject) {
        if (subject.isBlank()
                || subject.length() > MAX_SUBJECT_LENGTH
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw new RegistryException(42208, "The specified subject is not a valid subject name.");
        }
    }

    private void change(SchemaVersion version) {
        write(() -> journal.append(version));
        restore(version);
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        if (broken) {
            throw new RegistryException(50001, "An earlier change could not be stored; restart the registry");
        }
        try {
            write.run();
        } catch (IOException e) {
            broken = true;
            throw new RegistryException(50001, "Error in the backend data store: " + e.getMessage());
        }
    }
}
