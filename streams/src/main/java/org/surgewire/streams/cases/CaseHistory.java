package org.surgewire.streams.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.coverage.SourceDays;

/**
 * What was known at an instant: the cases that the revisions known until then make, as if no later one had ever come.
 *
 * <p>A case that no later revision touched is as it is now. The others are resolved anew, from the revisions that were
 * the latest of their release at the instant and the links between them. So nothing but the replaced revisions has to be
 * kept, and the answer does not depend on the order in which revisions were read.
 */
public final class CaseHistory {
    private final Rows rows;
    private final Jurisdictions jurisdictions;
    private final CaseResolution resolution;
    private final LinkRules rules;

    /**
     * The stores of the cases feature.
     *
     * @param announcements {@link CaseNames#ANNOUNCEMENTS}
     * @param former {@link CaseNames#FORMER}
     * @param cases {@link CaseNames#CASES}
     * @param links {@link CaseNames#LINKS}
     * @param formerLinks {@link CaseNames#FORMER_LINKS}
     * @param known {@link CaseNames#KNOWN}
     */
    public record Rows(
            ReadOnlyKeyValueStore<String, ArrestAnnouncement> announcements,
            ReadOnlyKeyValueStore<String, ArrestAnnouncement> former,
            ReadOnlyKeyValueStore<String, Case> cases,
            ReadOnlyKeyValueStore<String, ReleaseLinks> links,
            ReadOnlyKeyValueStore<String, String> formerLinks,
            ReadOnlyKeyValueStore<String, String> known) {}

    /**
     * The publication days and the sources of all revisions known at an instant.
     *
     * @param first earliest publication day; null when nothing was known
     * @param last latest publication day
     * @param sources what they say of each source, by source id
     */
    public record Read(@Nullable LocalDate first, @Nullable LocalDate last, Map<String, SourceDays> sources) {}

    public CaseHistory(Rows rows, Jurisdictions jurisdictions) {
        this.rows = rows;
        this.jurisdictions = jurisdictions;
        this.resolution = new CaseResolution(jurisdictions);
        this.rules = new LinkRules(jurisdictions, PublisherFamilies.bundled());
    }

    /** What had been read at an instant. */
    public Read read(Instant at) {
        LocalDate first = null;
        LocalDate last = null;
        Map<String, SourceDays> sources = new HashMap<>();
        try (var known = rows.known().range("", KnownRevision.from(at.plusMillis(1)))) {
            while (known.hasNext()) {
                var row = known.next();
                var revision = KnownRevision.of(row.key, row.value);
                LocalDate day = revision.publishedDay();
                first = first == null || day.isBefore(first) ? day : first;
                last = last == null || day.isAfter(last) ? day : last;
                SourceDays before = sources.get(revision.sourceId());
                sources.put(
                        revision.sourceId(), before == null ? revision.alone() : revision.with(before, jurisdictions));
            }
        }
        return new Read(first, last, sources);
    }

    /** On which days each source published something that was known at an instant, by source id. */
    public Map<String, SortedSet<LocalDate>> published(Instant at) {
        Map<String, SortedSet<LocalDate>> published = new HashMap<>();
        try (var known = rows.known().range("", KnownRevision.from(at.plusMillis(1)))) {
            known.forEachRemaining(row -> {
                var revision = KnownRevision.of(row.key, row.value);
                published
                        .computeIfAbsent(revision.sourceId(), id -> new TreeSet<>())
                        .add(revision.publishedDay());
            });
        }
        return published;
    }

    /** Every case known at an instant, in no particular order. */
    public void cases(Instant at, Consumer<Case> each) {
        // Opened before the revisions are read: a revision is filed before its case, so a case that holds a revision
        // from after the instant is among those made anew, also while announcements arrive.
        try (var now = rows.cases().all()) {
            Set<String> changed = new HashSet<>();
            List<Case> then = new ArrayList<>();
            for (String releaseId : releasesKnownAfter(at)) {
                if (!changed.contains(releaseId)) {
                    Set<String> family = family(releaseId);
                    changed.addAll(family);
                    then.addAll(casesOf(family, at));
                }
            }
            while (now.hasNext()) {
                Case is = now.next().value;
                if (!changed.contains(Telling.releaseOf(is.getCaseId()))) {
                    each.accept(is);
                }
            }
            then.forEach(each);
        }
    }

    /** The cases that a case's releases, and all that were ever linked with them, made at an instant. */
    public List<Case> around(String caseId, Instant at) {
        return casesOf(family(Telling.releaseOf(caseId)), at);
    }

    /** The latest revision of a release at an instant; null when none was known. */
    public @Nullable ArrestAnnouncement announcement(String releaseId, Instant at) {
        ArrestAnnouncement latest = rows.announcements().get(releaseId);
        if (latest == null || isKnown(latest, at)) {
            return latest;
        }
        ArrestAnnouncement newest = null;
        if (latest.getRevision() > 1) {
            try (var former =
                    rows.former().prefixScan(releaseId + "|", Serdes.String().serializer())) {
                while (former.hasNext()) {
                    ArrestAnnouncement each = former.next().value;
                    if (isKnown(each, at) && (newest == null || newest.getRevision() < each.getRevision())) {
                        newest = each;
                    }
                }
            }
        }
        return newest;
    }

    private static boolean isKnown(ArrestAnnouncement revision, Instant at) {
        return !KnownRevision.since(revision).isAfter(at);
    }

    private Set<String> releasesKnownAfter(Instant at) {
        Set<String> releases = new TreeSet<>();
        try (var known = rows.known().range(KnownRevision.from(at.plusMillis(1)), "~")) {
            known.forEachRemaining(
                    row -> releases.add(KnownRevision.of(row.key, row.value).releaseId()));
        }
        return releases;
    }

    /** All releases that any of their revisions ever linked with this one, over however many others. */
    private Set<String> family(String releaseId) {
        Set<String> family = new TreeSet<>();
        Set<String> cases = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(releaseId));
        while (!next.isEmpty()) {
            String id = next.remove();
            if (family.add(id)) {
                ArrestAnnouncement latest = rows.announcements().get(id);
                for (String event : latest == null ? List.<String>of() : Telling.ids(latest)) {
                    ReleaseLinks now = rows.links().get(event);
                    Case of = now == null || !cases.add(now.getCaseId())
                            ? null
                            : rows.cases().get(now.getCaseId());
                    if (of != null) {
                        of.getAnnouncements().forEach(each -> next.add(each.getReleaseId()));
                    }
                }
                String prefix = id + "|";
                try (var former =
                        rows.formerLinks().prefixScan(prefix, Serdes.String().serializer())) {
                    former.forEachRemaining(row -> next.add(row.key.substring(prefix.length())));
                }
            }
        }
        return family;
    }

    /** The cases that the releases of a family made at an instant. */
    private List<Case> casesOf(Collection<String> family, Instant at) {
        List<Telling> tellings = new ArrayList<>();
        for (String id : family) {
            ArrestAnnouncement revision = announcement(id, at);
            if (revision != null && !revision.getWithdrawn()) {
                tellings.addAll(Telling.of(revision));
            }
        }
        List<Case> cases = new ArrayList<>();
        for (List<Telling> component : Components.of(tellings, rules)) {
            List<Telling> inOrder =
                    component.stream().sorted(CaseResolution.IN_ORDER).toList();
            Map<String, String> reasons = new HashMap<>();
            for (Telling telling : inOrder.subList(1, inOrder.size())) {
                Earliest.of(telling, inOrder, rules)
                        .ifPresent(earliest -> reasons.put(telling.id(), earliest.reason()));
            }
            cases.add(resolution.resolve(inOrder, reasons));
        }
        return cases;
    }
}
