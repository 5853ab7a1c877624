package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cloudevents.Trace;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.SourceDay;
import org.surgewire.streams.coverage.SourceDays;

/**
 * Keeps the latest revision of each announcement, the links between them and the cases they make: the connected
 * components of the links. A new revision takes its former links back, is linked anew, and the cases it touches are
 * resolved again; only those that changed are forwarded.
 *
 * <p>What a revision replaces is kept, with its links, for questions about what was known at an instant, see
 * {@link CaseHistory}. It is rare and no part of the cases as they are.
 */
final class CaseProcessor implements Processor<String, ArrestAnnouncement, String, CasesChange> {
    private static final String CLOCK_KEY = "all";

    /** Releases first read after one of a later publication day: they count on their own day all the same. */
    private static final String LATE = "late-releases";

    private final Jurisdictions jurisdictions;
    private final CaseResolution resolution;
    private final LinkRules rules;
    private final PublisherFamilies families;
    private final Clock clock;
    private ProcessorContext<String, CasesChange> context;
    private KeyValueStore<String, ArrestAnnouncement> announcements;
    private KeyValueStore<String, Case> cases;
    private KeyValueStore<String, ReleaseLinks> links;
    private KeyValueStore<String, DayReached> days;
    private KeyValueStore<String, ArrestAnnouncement> former;
    private KeyValueStore<String, String> formerLinks;
    private KeyValueStore<String, String> knownRevisions;
    private KeyValueStore<String, SourceDays> sources;
    private LinkIndex index;
    private Sensor late;

    CaseProcessor(Jurisdictions jurisdictions, LinkRules rules, PublisherFamilies families, Clock clock) {
        this.jurisdictions = jurisdictions;
        this.resolution = new CaseResolution(jurisdictions);
        this.rules = rules;
        this.families = families;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, CasesChange> given) {
        context = given;
        announcements = given.getStateStore(CaseNames.ANNOUNCEMENTS);
        cases = given.getStateStore(CaseNames.CASES);
        links = given.getStateStore(CaseNames.LINKS);
        days = given.getStateStore(CaseNames.CLOCK);
        former = given.getStateStore(CaseNames.FORMER);
        formerLinks = given.getStateStore(CaseNames.FORMER_LINKS);
        knownRevisions = given.getStateStore(CaseNames.KNOWN);
        sources = given.getStateStore(CoverageNames.SOURCES);
        index = new LinkIndex(given.getStateStore(CaseNames.INDEX), jurisdictions, rules);
        late = given.metrics().addRateTotalSensor("cases", given.taskId().toString(), LATE, Sensor.RecordingLevel.INFO);
        if (clock instanceof Clock.OfTheWall wall) {
            given.schedule(wall.interval(), PunctuationType.WALL_CLOCK_TIME, now -> tick(wall.today(), now));
        }
    }

    @Override
    public void process(Record<String, ArrestAnnouncement> record) {
        ArrestAnnouncement announcement = record.value();
        ArrestAnnouncement known = announcements.get(announcement.getReleaseId());
        boolean replaced = known != null && known.getRevision() > announcement.getRevision();
        if (known != null
                && (known.getRevision() == announcement.getRevision()
                        || (replaced && former.get(formerKey(announcement)) != null))) {
            return;
        }
        KnownRevision revision = KnownRevision.of(announcement, families, jurisdictions);
        remember(revision);
        DayReached before = days.get(CLOCK_KEY);
        DayReached after = including(before, announcement.getPublishedDay());
        boolean moved = !after.equals(before);
        if (moved) {
            days.put(CLOCK_KEY, after);
        }
        if (known == null && announcement.getPublishedDay().isBefore(after.getLastDay())) {
            late.record();
        }
        List<CasesChange.Changed> changed;
        if (replaced) {
            former.put(formerKey(announcement), announcement);
            linkFormer(announcement);
            changed = List.of();
        } else {
            Set<String> touched = new TreeSet<>(Telling.ids(announcement));
            if (known != null) {
                touched.addAll(Telling.ids(known));
                former.put(formerKey(known), known);
                unlink(known, touched);
            }
            announcements.put(announcement.getReleaseId(), announcement);
            link(announcement, touched);
            changed = resolve(touched);
        }
        // Stamped with the instant of knowledge: what follows from this was known since then, and not before. Brokers
        // refuse the future.
        context.forward(new Record<>(
                announcement.getReleaseId(),
                new CasesChange(
                        changed,
                        after.getFirstDay(),
                        after.getLastDay(),
                        moved,
                        new SourceDay(revision.sourceId(), announcement.getPublishedDay())),
                Math.max(0, Math.min(revision.since().toEpochMilli(), context.currentSystemTimeMs())),
                Trace.of(record.headers(), announcement.getReleaseId(), announcement.getRevision())));
    }

    /** Files since when the revision is known, and what it says of its source. */
    private void remember(KnownRevision revision) {
        knownRevisions.put(revision.key(), revision.value());
        SourceDays before = sources.get(revision.sourceId());
        SourceDays after = before == null ? revision.alone() : revision.with(before, jurisdictions);
        if (!after.equals(before)) {
            sources.put(revision.sourceId(), after);
        }
    }

    static String formerKey(ArrestAnnouncement announcement) {
        return announcement.getReleaseId() + "|" + announcement.getRevision();
    }

    /** Takes a revision out of the links of others. */
    private void unlink(ArrestAnnouncement known, Set<String> touched) {
        if (!known.getWithdrawn()) {
            for (Telling telling : Telling.of(known)) {
                index.remove(telling);
                index.addFormer(telling);
            }
        }
        for (String id : Telling.ids(known)) {
            ReleaseLinks own = links.get(id);
            if (own == null) {
                continue;
            }
            touched.addAll(membersOf(own.getCaseId()));
            for (ReleaseLink link : own.getLinks()) {
                ReleaseLinks other = linksOf(link.getTellingId());
                List<ReleaseLink> kept = new ArrayList<>(other.getLinks());
                kept.removeIf(back -> back.getTellingId().equals(id));
                links.put(link.getTellingId(), new ReleaseLinks(other.getCaseId(), kept));
                putFormerLink(known.getReleaseId(), Telling.releaseOf(link.getTellingId()));
            }
        }
    }

    /** Links the events of a revision to all that describe the same. */
    private void link(ArrestAnnouncement announcement, Set<String> touched) {
        if (announcement.getWithdrawn()) {
            return;
        }
        for (Telling telling : Telling.of(announcement)) {
            index.add(telling);
            link(telling, touched);
        }
    }

    private void link(Telling telling, Set<String> touched) {
        String id = telling.id();
        Map<String, String> found = new TreeMap<>();
        for (String candidate : index.candidates(telling)) {
            ArrestAnnouncement latest = announcements.get(candidate);
            if (latest != null) {
                if (!latest.getWithdrawn()) {
                    for (Telling other : Telling.of(latest)) {
                        rules.between(telling, other).ifPresent(link -> found.put(other.id(), link.name()));
                    }
                }
                linkFormerRevisions(telling, latest);
            }
        }
        List<ReleaseLink> own = new ArrayList<>();
        found.forEach((otherId, reason) -> {
            own.add(new ReleaseLink(otherId, reason));
            ReleaseLinks other = linksOf(otherId);
            touched.addAll(membersOf(other.getCaseId()));
            List<ReleaseLink> more = new ArrayList<>(other.getLinks());
            more.add(new ReleaseLink(id, reason));
            more.sort((a, b) -> a.getTellingId().compareTo(b.getTellingId()));
            links.put(otherId, new ReleaseLinks(other.getCaseId(), more));
        });
        ReleaseLinks before = links.get(id);
        links.put(id, new ReleaseLinks(before == null ? id : before.getCaseId(), own));
    }

    /** Links a revision that came after the one that replaces it: for the time in which it was known. */
    private void linkFormer(ArrestAnnouncement announcement) {
        if (announcement.getWithdrawn()) {
            return;
        }
        for (Telling telling : Telling.of(announcement)) {
            index.addFormer(telling);
            for (String candidate : index.candidates(telling)) {
                ArrestAnnouncement other = announcements.get(candidate);
                if (other != null) {
                    linkFormer(telling, other);
                    linkFormerRevisions(telling, other);
                }
            }
        }
    }

    private void linkFormerRevisions(Telling telling, ArrestAnnouncement latest) {
        if (latest.getRevision() > 1) {
            try (var rows = former.prefixScan(
                    latest.getReleaseId() + "|", Serdes.String().serializer())) {
                rows.forEachRemaining(row -> linkFormer(telling, row.value));
            }
        }
    }

    private void linkFormer(Telling telling, ArrestAnnouncement other) {
        boolean isLinked = !other.getWithdrawn()
                && Telling.of(other).stream()
                        .anyMatch(each -> rules.between(telling, each).isPresent());
        if (isLinked) {
            putFormerLink(telling.releaseId(), other.getReleaseId());
        }
    }

    private void putFormerLink(String one, String other) {
        formerLinks.put(one + "|" + other, "");
        formerLinks.put(other + "|" + one, "");
    }

    private ReleaseLinks linksOf(String id) {
        ReleaseLinks known = links.get(id);
        return known == null ? new ReleaseLinks(id, List.of()) : known;
    }

    private List<String> membersOf(String caseId) {
        Case of = cases.get(caseId);
        return of == null
                ? List.of()
                : of.getAnnouncements().stream()
                        .map(each -> Telling.idOf(each.getReleaseId(), each.getEvent()))
                        .toList();
    }

    /** Makes the cases of these tellings anew and returns those that changed. */
    private List<CasesChange.Changed> resolve(Set<String> touched) {
        Map<String, Case> before = new TreeMap<>();
        Map<String, Telling> tellings = new TreeMap<>();
        for (String id : touched) {
            ReleaseLinks known = links.get(id);
            Case was = known == null ? null : cases.get(known.getCaseId());
            if (was != null) {
                before.put(was.getCaseId(), was);
            }
            Telling telling = telling(id);
            if (telling == null) {
                links.delete(id);
            } else {
                tellings.put(id, telling);
            }
        }
        Map<String, Case> after = new TreeMap<>();
        for (List<Telling> component : Components.of(tellings, this::linkReasons)) {
            Case is = resolution.resolve(component, Components.reasons(component, this::linkReasons));
            after.put(is.getCaseId(), is);
            for (Telling telling : component) {
                ReleaseLinks known = linksOf(telling.id());
                if (!known.getCaseId().equals(is.getCaseId())) {
                    links.put(telling.id(), new ReleaseLinks(is.getCaseId(), known.getLinks()));
                }
            }
        }
        List<CasesChange.Changed> changed = new ArrayList<>();
        Set<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        for (String id : ids) {
            Case was = before.getOrDefault(id, cases.get(id));
            Case is = after.get(id);
            if (is != null && !is.equals(was)) {
                cases.put(id, is);
                changed.add(new CasesChange.Changed(was, is));
            } else if (is == null && was != null) {
                cases.delete(id);
                changed.add(new CasesChange.Changed(was, CaseResolution.withdrawn(was)));
            }
        }
        return changed;
    }

    /** An event of the latest revision of its release; null when that tells of it no more. */
    private @Nullable Telling telling(String id) {
        ArrestAnnouncement latest = announcements.get(Telling.releaseOf(id));
        return latest == null || latest.getWithdrawn()
                ? null
                : Telling.of(latest).stream()
                        .filter(telling -> telling.id().equals(id))
                        .findFirst()
                        .orElse(null);
    }

    private Map<String, String> linkReasons(String id) {
        Map<String, String> reasons = new TreeMap<>();
        linksOf(id).getLinks().forEach(link -> reasons.put(link.getTellingId(), link.getReason()));
        return reasons;
    }

    private void tick(LocalDate today, long now) {
        DayReached before = days.get(CLOCK_KEY);
        if (before == null || !before.getLastDay().isBefore(today)) {
            return;
        }
        DayReached after = including(before, today);
        days.put(CLOCK_KEY, after);
        context.forward(
                new Record<>("", new CasesChange(List.of(), after.getFirstDay(), after.getLastDay(), true, null), now));
    }

    private static DayReached including(@Nullable DayReached span, LocalDate day) {
        if (span == null) {
            return new DayReached(day, day);
        }
        return new DayReached(
                day.isBefore(span.getFirstDay()) ? day : span.getFirstDay(),
                day.isAfter(span.getLastDay()) ? day : span.getLastDay());
    }
}
