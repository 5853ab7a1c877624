package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.surgewire.schemas.CaseAnnouncement;
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

    /** Kept on the heap, a few kilobytes each: what is read again and again belongs to the days just read. */
    private static final int MOST_RELEASES = 8192;

    private static final int MOST_MEMBERS = 8192;

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

    /** Tellings of releases as they are stored, and cases; least recently used first. */
    private final Map<String, List<Telling>> recentTellings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Telling>> eldest) {
            return size() > MOST_RELEASES;
        }
    };

    private final Map<String, Members> recentCases = new LinkedHashMap<>(16, 0.75f, true);
    private int recentMembers;

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
            var touched = new Touched();
            if (known != null) {
                former.put(formerKey(known), known);
                takeOut(known, touched);
            }
            announcements.put(announcement.getReleaseId(), announcement);
            recentTellings.put(announcement.getReleaseId(), tellings(announcement));
            for (Telling telling : tellings(announcement.getReleaseId())) {
                index.add(telling);
                link(telling, touched);
            }
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

    /** The cases that an announcement touches: as they were, and as they become. */
    private static final class Touched {
        private final Map<String, Case> before = new TreeMap<>();
        private final Map<String, Members> caseOf = new HashMap<>();
        private final Set<Members> cases = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<String> gone = new TreeSet<>();

        void add(Members members) {
            cases.add(members);
            members.all().forEach(member -> caseOf.put(member.telling().id(), members));
        }

        /** Makes one case of two and returns it. */
        Members join(Members one, Members other) {
            if (one == other) {
                return one;
            }
            Members larger = one.size() < other.size() ? other : one;
            Members smaller = larger == one ? other : one;
            cases.remove(smaller);
            smaller.all().forEach(member -> {
                larger.add(member);
                caseOf.put(member.telling().id(), larger);
            });
            return larger;
        }
    }

    /** Takes a revision out of its cases: what is left of each may be several. */
    private void takeOut(ArrestAnnouncement known, Touched touched) {
        if (!known.getWithdrawn()) {
            for (Telling telling : Telling.of(known)) {
                index.remove(telling);
                index.addFormer(telling);
            }
        }
        Set<Members> left = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String id : Telling.ids(known)) {
            if (links.get(id) != null) {
                Members members = caseOf(id, touched);
                members.remove(id);
                left.add(members);
                touched.caseOf.remove(id);
                touched.gone.add(id);
            }
        }
        for (Members members : left) {
            touched.cases.remove(members);
            for (Members piece : members.pieces(rules)) {
                touched.add(piece);
                // One of each is enough to find them all again, over the cases that they make.
                putFormerLink(known.getReleaseId(), piece.tellings().get(0).releaseId());
            }
        }
    }

    /** Links a telling to all that describe the same: they and it become one case. */
    private void link(Telling telling, Touched touched) {
        var own = new Members.Member(telling, null, "");
        var alone = new Members();
        alone.add(own);
        touched.add(alone);
        Members joined = alone;
        for (String candidate : index.candidates(telling)) {
            for (Telling other : tellings(candidate)) {
                Link link = rules.link(telling, other).orElse(null);
                if (link != null) {
                    Members others = caseOf(other.id(), touched);
                    own.link(other, link);
                    others.get(other.id()).link(telling, link);
                    joined = touched.join(joined, others);
                }
            }
            linkFormerRevisions(telling, candidate);
        }
    }

    /** The case of a stored telling. */
    private Members caseOf(String id, Touched touched) {
        Members known = touched.caseOf.get(id);
        if (known != null) {
            return known;
        }
        String caseId = Objects.requireNonNull(links.get(id), id).getCaseId();
        Case was = Objects.requireNonNull(cases.get(caseId), caseId);
        touched.before.put(caseId, was);
        Members members = forget(caseId);
        if (members == null) {
            members = read(was);
        }
        touched.add(members);
        return members;
    }

    private Members read(Case of) {
        Map<String, Telling> tellings = new HashMap<>();
        for (CaseAnnouncement each : of.getAnnouncements()) {
            Telling telling = tellings(each.getReleaseId()).get(each.getEvent() - 1);
            tellings.put(telling.id(), telling);
        }
        var members = new Members();
        tellings.forEach((id, telling) -> {
            Earliest earliest = Objects.requireNonNull(links.get(id), id).getLinks().stream()
                    .map(link -> new Earliest(
                            Objects.requireNonNull(tellings.get(link.getTellingId()), link.getTellingId()),
                            Link.valueOf(link.getReason())))
                    .min(Comparator.comparing(Earliest::telling, CaseResolution.IN_ORDER))
                    .orElse(null);
            members.add(new Members.Member(telling, earliest, of.getCaseId()));
        });
        return members;
    }

    private void keep(String caseId, Members members) {
        recentCases.put(caseId, members);
        recentMembers += members.size();
        var eldest = recentCases.values().iterator();
        while (recentMembers > MOST_MEMBERS) {
            recentMembers -= eldest.next().size();
            eldest.remove();
        }
    }

    private @Nullable Members forget(String caseId) {
        Members members = recentCases.remove(caseId);
        recentMembers -= members == null ? 0 : members.size();
        return members;
    }

    /** Events of the latest revision of a release; none when it was withdrawn. */
    private List<Telling> tellings(String releaseId) {
        return recentTellings.computeIfAbsent(releaseId, id -> tellings(announcements.get(id)));
    }

    private static List<Telling> tellings(@Nullable ArrestAnnouncement announcement) {
        return announcement == null || announcement.getWithdrawn() ? List.of() : Telling.of(announcement);
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
                    linkFormerRevisions(telling, candidate);
                }
            }
        }
    }

    private void linkFormerRevisions(Telling telling, String releaseId) {
        List<Telling> latest = tellings(releaseId);
        if (latest.isEmpty() || latest.get(0).announcement().getRevision() > 1) {
            try (var rows = former.prefixScan(releaseId + "|", Serdes.String().serializer())) {
                rows.forEachRemaining(row -> linkFormer(telling, row.value));
            }
        }
    }

    private void linkFormer(Telling telling, ArrestAnnouncement other) {
        boolean isLinked = !other.getWithdrawn()
                && Telling.of(other).stream()
                        .anyMatch(each -> rules.link(telling, each).isPresent());
        if (isLinked) {
            putFormerLink(telling.releaseId(), other.getReleaseId());
        }
    }

    private void putFormerLink(String one, String other) {
        formerLinks.put(one + "|" + other, "");
        formerLinks.put(other + "|" + one, "");
    }

    /** Makes the touched cases anew and returns those that changed. */
    private List<CasesChange.Changed> resolve(Touched touched) {
        Map<String, Case> after = new TreeMap<>();
        for (Members members : touched.cases) {
            Case is = resolution.resolve(members.tellings(), members.reasons());
            after.put(is.getCaseId(), is);
            keep(is.getCaseId(), members);
        }
        List<CasesChange.Changed> changed = new ArrayList<>();
        Set<String> ids = new TreeSet<>(touched.before.keySet());
        ids.addAll(after.keySet());
        for (String id : ids) {
            Case was = touched.before.get(id);
            Case is = after.get(id);
            if (is == null && was != null) {
                changed.add(new CasesChange.Changed(was, CaseResolution.withdrawn(was)));
            } else if (is != null && !is.equals(was)) {
                cases.put(id, is);
                changed.add(new CasesChange.Changed(was, is));
            }
        }
        // In this order whoever reads meanwhile finds a case for each telling.
        touched.cases.forEach(this::putLinks);
        touched.gone.stream().filter(id -> !touched.caseOf.containsKey(id)).forEach(links::delete);
        touched.before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(cases::delete);
        return changed;
    }

    private void putLinks(Members members) {
        String caseId = CaseResolution.caseId(members.tellings());
        for (Members.Member member : members.all()) {
            Earliest earliest = member.earliest();
            if (member.belongsTo(caseId)) {
                links.put(
                        member.telling().id(),
                        new ReleaseLinks(
                                caseId,
                                earliest == null
                                        ? List.of()
                                        : List.of(new ReleaseLink(
                                                earliest.telling().id(),
                                                earliest.link().name()))));
            }
        }
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
