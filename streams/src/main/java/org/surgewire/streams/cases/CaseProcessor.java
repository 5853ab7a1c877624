package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

/**
 * Keeps the latest revision of each announcement, the links between them and the cases they make: the connected
 * components of the links. A new revision takes its former links back, is linked anew, and the cases it touches are
 * resolved again; only those that changed are forwarded.
 */
final class CaseProcessor implements Processor<String, ArrestAnnouncement, String, CasesChange> {
    private static final String CLOCK_KEY = "all";

    private final Jurisdictions jurisdictions;
    private final CaseResolution resolution;
    private final LinkRules rules;
    private final Clock clock;
    private ProcessorContext<String, CasesChange> context;
    private KeyValueStore<String, ArrestAnnouncement> announcements;
    private KeyValueStore<String, Case> cases;
    private KeyValueStore<String, ReleaseLinks> links;
    private KeyValueStore<String, DayReached> days;
    private LinkIndex index;

    CaseProcessor(Jurisdictions jurisdictions, LinkRules rules, Clock clock) {
        this.jurisdictions = jurisdictions;
        this.resolution = new CaseResolution(jurisdictions);
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, CasesChange> given) {
        context = given;
        announcements = given.getStateStore(CaseNames.ANNOUNCEMENTS);
        cases = given.getStateStore(CaseNames.CASES);
        links = given.getStateStore(CaseNames.LINKS);
        days = given.getStateStore(CaseNames.CLOCK);
        index = new LinkIndex(given.getStateStore(CaseNames.INDEX), jurisdictions, rules);
        if (clock instanceof Clock.OfTheWall wall) {
            given.schedule(wall.interval(), PunctuationType.WALL_CLOCK_TIME, now -> tick(wall.today(), now));
        }
    }

    @Override
    public void process(Record<String, ArrestAnnouncement> record) {
        ArrestAnnouncement announcement = record.value();
        ArrestAnnouncement known = announcements.get(announcement.getReleaseId());
        if (known != null && known.getRevision() >= announcement.getRevision()) {
            return;
        }
        announcements.put(announcement.getReleaseId(), announcement);
        DayReached before = days.get(CLOCK_KEY);
        DayReached after = including(before, announcement.getPublishedDay());
        boolean moved = !after.equals(before);
        if (moved) {
            days.put(CLOCK_KEY, after);
        }
        Set<String> touched = new TreeSet<>();
        touched.add(announcement.getReleaseId());
        unlink(known, touched);
        link(announcement, touched);
        List<CasesChange.Changed> changed = resolve(touched);
        if (moved || !changed.isEmpty()) {
            context.forward(new Record<>(
                    announcement.getReleaseId(),
                    new CasesChange(changed, after.getFirstDay(), after.getLastDay(), moved),
                    record.timestamp()));
        }
    }

    /** Takes a revision out of the index and out of the links of others. */
    private void unlink(@Nullable ArrestAnnouncement known, Set<String> touched) {
        if (known == null || known.getWithdrawn()) {
            return;
        }
        index.remove(new Telling(known));
        ReleaseLinks own = links.get(known.getReleaseId());
        if (own == null) {
            return;
        }
        touched.addAll(membersOf(own.getCaseId()));
        for (ReleaseLink link : own.getLinks()) {
            ReleaseLinks other = linksOf(link.getReleaseId());
            List<ReleaseLink> kept = new ArrayList<>(other.getLinks());
            kept.removeIf(back -> back.getReleaseId().equals(known.getReleaseId()));
            links.put(link.getReleaseId(), new ReleaseLinks(other.getCaseId(), kept));
        }
    }

    /** Links a revision to all that describe the same event. */
    private void link(ArrestAnnouncement announcement, Set<String> touched) {
        String id = announcement.getReleaseId();
        if (announcement.getWithdrawn()) {
            return;
        }
        var telling = new Telling(announcement);
        index.add(telling);
        Map<String, String> found = new TreeMap<>();
        for (String candidate : index.candidates(telling)) {
            ArrestAnnouncement other = announcements.get(candidate);
            if (other != null) {
                rules.between(telling, new Telling(other)).ifPresent(link -> found.put(candidate, link.name()));
            }
        }
        List<ReleaseLink> own = new ArrayList<>();
        found.forEach((otherId, reason) -> {
            own.add(new ReleaseLink(otherId, reason));
            ReleaseLinks other = linksOf(otherId);
            touched.addAll(membersOf(other.getCaseId()));
            List<ReleaseLink> more = new ArrayList<>(other.getLinks());
            more.add(new ReleaseLink(id, reason));
            more.sort((a, b) -> a.getReleaseId().compareTo(b.getReleaseId()));
            links.put(otherId, new ReleaseLinks(other.getCaseId(), more));
        });
        ReleaseLinks before = links.get(id);
        links.put(id, new ReleaseLinks(before == null ? id : before.getCaseId(), own));
    }

    private ReleaseLinks linksOf(String releaseId) {
        ReleaseLinks known = links.get(releaseId);
        return known == null ? new ReleaseLinks(releaseId, List.of()) : known;
    }

    private List<String> membersOf(String caseId) {
        Case of = cases.get(caseId);
        return of == null
                ? List.of()
                : of.getAnnouncements().stream()
                        .map(CaseAnnouncement::getReleaseId)
                        .toList();
    }

    /** Makes the cases of these releases anew and returns those that changed. */
    private List<CasesChange.Changed> resolve(Set<String> touched) {
        Map<String, Case> before = new TreeMap<>();
        Map<String, Telling> tellings = new TreeMap<>();
        for (String releaseId : touched) {
            ReleaseLinks known = links.get(releaseId);
            Case was = known == null ? null : cases.get(known.getCaseId());
            if (was != null) {
                before.put(was.getCaseId(), was);
            }
            ArrestAnnouncement announcement = announcements.get(releaseId);
            if (announcement != null && !announcement.getWithdrawn()) {
                tellings.put(releaseId, new Telling(announcement));
            } else {
                links.delete(releaseId);
            }
        }
        Map<String, Case> after = new TreeMap<>();
        for (List<Telling> component : components(tellings)) {
            Case is = resolution.resolve(component, reasons(component));
            after.put(is.getCaseId(), is);
            for (Telling telling : component) {
                ReleaseLinks known = linksOf(telling.releaseId());
                if (!known.getCaseId().equals(is.getCaseId())) {
                    links.put(telling.releaseId(), new ReleaseLinks(is.getCaseId(), known.getLinks()));
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

    private List<List<Telling>> components(Map<String, Telling> tellings) {
        List<List<Telling>> components = new ArrayList<>();
        Set<String> open = new TreeSet<>(tellings.keySet());
        Deque<String> next = new ArrayDeque<>();
        while (!open.isEmpty()) {
            List<Telling> component = new ArrayList<>();
            next.add(open.iterator().next());
            while (!next.isEmpty()) {
                String id = next.remove();
                Telling telling = open.remove(id) ? tellings.get(id) : null;
                if (telling != null) {
                    component.add(telling);
                    linksOf(id).getLinks().forEach(link -> next.add(link.getReleaseId()));
                }
            }
            components.add(component);
        }
        return components;
    }

    /** For each announcement but the first, the rule that links it and the first told that it is linked to. */
    private Map<String, String> reasons(List<Telling> component) {
        List<Telling> inOrder =
                component.stream().sorted(CaseResolution.IN_ORDER).toList();
        Map<String, String> reasons = new HashMap<>();
        for (Telling telling : inOrder.subList(1, inOrder.size())) {
            Map<String, String> own = new HashMap<>();
            linksOf(telling.releaseId()).getLinks().forEach(link -> own.put(link.getReleaseId(), link.getReason()));
            for (Telling other : inOrder) {
                String reason = own.get(other.releaseId());
                if (reason != null) {
                    reasons.put(telling.releaseId(), reason + " " + other.releaseId());
                    break;
                }
            }
        }
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
                new Record<>("", new CasesChange(List.of(), after.getFirstDay(), after.getLastDay(), true), now));
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
