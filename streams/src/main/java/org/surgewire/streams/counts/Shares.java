package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseDay;
import org.surgewire.streams.cases.CasesChange;
import org.surgewire.streams.cases.DayReached;

/** Splits changed cases into what changes in each jurisdiction: what they add now less what they added before. */
final class Shares {
    private Shares() {}

    /**
     * Events keyed by jurisdiction id, those of parts before those of what contains them; the clock where it moved, and the
     * day of the source, keyed by the empty string, come first.
     */
    static List<KeyValue<String, CountEvent>> of(CasesChange change) {
        List<KeyValue<String, CountEvent>> events = new ArrayList<>();
        if (change.daysMoved()) {
            var clock = new DayReached(change.firstDay(), change.lastDay());
            events.add(KeyValue.pair("", CountEvent.newBuilder().setClock(clock).build()));
        }
        if (change.source() != null) {
            events.add(KeyValue.pair(
                    "", CountEvent.newBuilder().setSource(change.source()).build()));
        }
        Map<String, List<CaseContribution>> byJurisdiction = new TreeMap<>();
        Map<String, PeriodSpread> byPeriod = new TreeMap<>();
        for (CasesChange.Changed changed : change.changed()) {
            addTo(byJurisdiction, changed);
            spread(byPeriod, changed.before(), -1);
            spread(byPeriod, changed.after(), 1);
        }
        Map<String, SortedSet<LocalDate>> ofParts = new TreeMap<>();
        byJurisdiction.forEach((id, shares) -> {
            String within = id.substring(0, id.lastIndexOf('/'));
            if (within.contains("/")) {
                SortedSet<LocalDate> days = ofParts.computeIfAbsent(within, whole -> new TreeSet<>());
                shares.forEach(share -> days.add(share.getDay()));
            }
        });
        // An id begins with that of the state or country it lies in.
        Set<String> jurisdictions = new TreeSet<>(Comparator.reverseOrder());
        jurisdictions.addAll(byJurisdiction.keySet());
        jurisdictions.addAll(ofParts.keySet());
        byPeriod.forEach((id, spread) -> {
            if (!spread.days().isEmpty()) {
                jurisdictions.add(id);
            }
        });
        for (String id : jurisdictions) {
            List<DayChange> days = byPeriod.getOrDefault(id, new PeriodSpread()).days().stream()
                    .map(Shares::change)
                    .toList();
            events.add(KeyValue.pair(
                    id,
                    CountEvent.newBuilder()
                            .setShares(byJurisdiction.getOrDefault(id, List.of()))
                            .setByPeriod(days)
                            .setDaysOfParts(List.copyOf(ofParts.getOrDefault(id, Collections.emptySortedSet())))
                            .build()));
        }
        return events;
    }

    private static void spread(Map<String, PeriodSpread> byPeriod, @Nullable Case of, int sign) {
        if (of != null) {
            of.getDays().forEach(day -> byPeriod.computeIfAbsent(day.getJurisdictionId(), id -> new PeriodSpread())
                    .add(day, sign));
        }
    }

    private static DayChange change(DayCount of) {
        return new DayChange(of.day(), (int) of.announcements(), (int) of.cases(), of.low(), of.arrests(), of.high());
    }

    private static void addTo(Map<String, List<CaseContribution>> byJurisdiction, CasesChange.Changed changed) {
        Map<String, CaseDay> before = changed.before() == null ? Map.of() : daysOf(changed.before());
        Map<String, CaseDay> now = daysOf(changed.after());
        Map<String, CaseDay> all = new TreeMap<>(before);
        all.putAll(now);
        Map<String, CaseAnnouncement> former = changed.before() == null ? Map.of() : releases(changed.before());
        Map<String, CaseAnnouncement> latest = releases(changed.after());
        boolean everywhere = isRenamed(changed) || isSourced(changed);
        List<String> sources = sources(changed.after());
        all.forEach((key, either) -> {
            CaseDay was = before.get(key);
            CaseDay is = now.get(key);
            if (!Objects.equals(is, was)
                    || (is != null
                            && (everywhere
                                    || isRetitled(former.get(is.getReleaseId()), latest.get(is.getReleaseId()))))) {
                CaseDay plus = is == null ? nothing(either) : is;
                byJurisdiction
                        .computeIfAbsent(either.getJurisdictionId(), id -> new ArrayList<>())
                        .add(difference(
                                changed.after(),
                                sources,
                                was == null ? nothing(either) : was,
                                plus,
                                latest.get(plus.getReleaseId())));
            }
        });
    }

    private static Map<String, CaseAnnouncement> releases(Case of) {
        Map<String, CaseAnnouncement> releases = new HashMap<>();
        of.getAnnouncements().forEach(each -> releases.putIfAbsent(each.getReleaseId(), each));
        return releases;
    }

    /** Whether the day rests on a release whose title or address a revision changed: the evidence shows both. */
    private static boolean isRetitled(@Nullable CaseAnnouncement was, @Nullable CaseAnnouncement is) {
        return was != null
                && is != null
                && !(was.getTitle().equals(is.getTitle()) && was.getUrl().equals(is.getUrl()));
    }

    /** Whether the case belongs to another operation than before: the evidence shows it. */
    private static boolean isRenamed(CasesChange.Changed changed) {
        Case before = changed.before();
        return before != null
                && !Objects.equals(before.getOperationId(), changed.after().getOperationId());
    }

    /** Whether other sources tell of the case than before: what it takes to be judged depends on them. */
    private static boolean isSourced(CasesChange.Changed changed) {
        Case before = changed.before();
        return before != null && !sources(before).equals(sources(changed.after()));
    }

    private static List<String> sources(Case of) {
        return of.getAnnouncements().stream()
                .map(CaseAnnouncement::getSourceId)
                .distinct()
                .sorted()
                .toList();
    }

    private static Map<String, CaseDay> daysOf(Case of) {
        Map<String, CaseDay> days = new TreeMap<>();
        of.getDays().forEach(day -> days.put(day.getJurisdictionId() + "|" + day.getDay(), day));
        return days;
    }

    private static CaseContribution difference(
            Case of, List<String> sources, CaseDay less, CaseDay plus, @Nullable CaseAnnouncement source) {
        return CaseContribution.newBuilder()
                .setCaseId(of.getCaseId())
                .setOperationId(of.getOperationId())
                .setSources(sources)
                .setDay(plus.getDay())
                .setAnnouncements(plus.getAnnouncements() - less.getAnnouncements())
                .setCases(plus.getCases() - less.getCases())
                .setArrestsLow(plus.getArrestsLow() - less.getArrestsLow())
                .setArrests(plus.getArrests() - less.getArrests())
                .setArrestsHigh(plus.getArrestsHigh() - less.getArrestsHigh())
                .setTotal(plus.getArrests())
                .setReleaseId(plus.getReleaseId())
                .setUrl(source == null ? "" : source.getUrl())
                .setTitle(source == null ? "" : source.getTitle())
                .setSentence(plus.getSentence())
                .build();
    }

    private static CaseDay nothing(CaseDay at) {
        return new CaseDay(at.getJurisdictionId(), at.getDay(), 0, 0, 0L, 0L, 0L, "", "", List.of());
    }
}
