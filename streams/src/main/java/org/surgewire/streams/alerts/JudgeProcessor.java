package org.surgewire.streams.alerts;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cases.DayReached;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.Counted;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.coverage.SourceDay;
import org.surgewire.streams.coverage.SourceReport;
import org.surgewire.streams.coverage.SourcesRead;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;
import org.surgewire.streams.surge.YearLull;

/**
 * Judges the days that an event touches and publishes what changed in the jurisdiction's alerts.
 *
 * <p>The alerts of the days around a change are derived anew from the daily panes each time, so that their last state
 * depends on the panes alone and not on the way there: a day that is corrected below its bound cancels its alert, a surge
 * that grows updates it. A changed day is judged again with the year of days after it, and with it the alerts that its
 * alarms belong to; whatever the length of the history, nothing else is read.
 *
 * <p>Lulls are judged on the Sundays that are over, for the country and its states.
 *
 * <p>What is known of a source decides which days are judged, see {@link DayJudge}: where that changes, the days that rest
 * on it are judged again. What is to be told of a source itself is told here too, since both follow from its report.
 */
final class JudgeProcessor implements Processor<String, JudgeInput, String, Alert> {
    private static final String CLOCK_KEY = "all";

    /** What the ids of surges begin with, before the first day. */
    private static final String SURGE = "surge/releaseSurge/";

    /** What the ids of lulls begin with, before the first day. */
    private static final String LULL = "lull/yearLull/";

    private static final int WEEK = 7;

    private static final TemporalAdjuster SUNDAY = TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY);
    private static final Set<String> LULL_LEVELS = Set.of("country", "state", "district", "territory");
    private final Jurisdictions jurisdictions;
    private final AlertSettings settings;
    private final YearLull lullDetector;
    private final SourceNews sourceNews;
    private final List<String> lullJudged;
    private final Map<String, Optional<YearOfDays>> yearsRead = new HashMap<>();
    private KeyValueStore<String, SpanOfCounts> spans;
    private AlarmStore surges;
    private AlarmStore lulls;
    private EvidenceStore evidence;
    private KeyValueStore<String, DayReached> clock;
    private KeyValueStore<String, SourceHealth> reports;
    private SourcesRead sources;
    private DayJudge judge;
    private WeekJudge weeks;
    private PublishedAlerts published;
    private DailyCounts counts;
    private TogetherJudged together;
    private TogetherJudged weeksTogether;

    JudgeProcessor(Jurisdictions jurisdictions, AlertSettings settings) {
        this.jurisdictions = jurisdictions;
        this.settings = settings;
        this.lullDetector = new YearLull(settings.lullAlpha());
        this.sourceNews = new SourceNews(jurisdictions);
        this.lullJudged = jurisdictions.all().stream()
                .filter(each -> LULL_LEVELS.contains(each.level()))
                .map(Jurisdiction::id)
                .toList();
    }

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        KeyValueStore<String, YearOfDays> years = context.getStateStore(CountNames.DAILY);
        spans = context.getStateStore(CountNames.SPANS);
        counts = new DailyCounts(
                key -> yearsRead
                        .computeIfAbsent(key, unread -> Optional.ofNullable(years.get(unread)))
                        .orElse(null),
                spans::get);
        surges = new AlarmStore(context.getStateStore(AlertNames.ALARMS));
        lulls = new AlarmStore(context.getStateStore(AlertNames.LULLS));
        evidence = new EvidenceStore(context.getStateStore(AlertNames.EVIDENCE));
        KeyValueStore<String, DayDiscoveries> discoveries = context.getStateStore(AlertNames.DISCOVERIES);
        together = new TogetherJudged(discoveries::get, discoveries::put, settings, jurisdictions);
        weeksTogether = TogetherJudged.weeks(
                discoveries::get,
                discoveries::put,
                settings,
                WeekJudge.parts(jurisdictions).size());
        clock = context.getStateStore(AlertNames.CLOCK);
        reports = context.getStateStore(CoverageNames.HEALTH);
        sources = new SourcesRead(reports, context.getStateStore(AlertNames.SOURCE_DAYS));
        judge = new DayJudge(counts, evidence::bySources, sources);
        weeks = new WeekJudge(jurisdictions, settings, counts, evidence, sources);
        published = new PublishedAlerts(
                context,
                context.getStateStore(AlertNames.ALERTS),
                context.getStateStore(AlertNames.OPEN),
                context.getStateStore(AlertNames.VERSIONS),
                settings.quietDays());
    }

    @Override
    public void process(Record<String, JudgeInput> record) {
        yearsRead.clear();
        published.follow(record.headers());
        Counted counted = record.value().counted();
        SourceReport report = record.value().report();
        if (report != null) {
            take(report, record.timestamp());
        }
        if (counted == null) {
            return;
        }
        DayReached reached = counted.event().getClock();
        SourceDay source = counted.event().getSource();
        if (reached != null) {
            reach(reached, record.timestamp());
        } else if (source != null) {
            judgeAgain(sources.published(source), record.timestamp());
        } else {
            take(record.key(), counted.event().getShares(), counted.event().getDaysOfParts(), record.timestamp());
        }
    }

    private void take(
            String jurisdictionId, List<CaseContribution> shares, List<LocalDate> daysOfParts, long timestamp) {
        SortedSet<LocalDate> changed = new TreeSet<>();
        for (CaseContribution share : shares) {
            evidence.put(jurisdictionId, share);
            changed.add(share.getDay());
        }
        weeks.changed(jurisdictionId, changed);
        DayReached days = clock.get(CLOCK_KEY);
        if (days == null) {
            throw new IllegalStateException("a share of " + jurisdictionId + " came before the clock");
        }
        Map<String, SortedSet<LocalDate>> surgeDays = new TreeMap<>();
        SortedSet<LocalDate> touched = new TreeSet<>(changed);
        if (weeks.judges(jurisdictionId)) {
            touched.addAll(daysOfParts);
        }
        judgeSurges(jurisdictionId, withThoseAfter(touched, reach(jurisdictionId)), surgeDays);
        add(surgeDays, jurisdictionId, changed);
        SortedSet<LocalDate> lullDays = judgeLullsAfter(jurisdictionId, changed, days);
        // A lull tells of the days of its windows, the last of which ends so many days after.
        changed.forEach(day -> lullDays.addAll(List.of(day, day.plusDays(YearLull.WINDOW - 1))));
        SortedSet<LocalDate> none = Collections.emptySortedSet();
        surgeDays.forEach(
                (id, ofSurge) -> publish(id, ofSurge, id.equals(jurisdictionId) ? lullDays : none, days, timestamp));
    }

    /** Takes in how a source is doing: which days are known, and whether that is news. */
    private void take(SourceReport report, long timestamp) {
        judgeAgain(sources.reported(report), timestamp);
        SourceHealth after = report.after();
        if (after != null) {
            DayReached days = clock.get(CLOCK_KEY);
            tell(report.before(), after, days == null ? null : days.getLastDay(), timestamp);
        }
    }

    private void tell(@Nullable SourceHealth before, SourceHealth now, @Nullable LocalDate today, long timestamp) {
        String id = now.getSourceId();
        sourceNews
                .of(before, now, today, published.openOf(id, SourceNews.ID))
                .forEach(told -> published.tell(id, told.facts(), told.status(), timestamp));
    }

    /**
     * Judges again what rests on days that have become known or unknown.
     *
     * @param between from the first to the last of them; null for none
     */
    private void judgeAgain(DaySet.@Nullable Span between, long timestamp) {
        DayReached days = clock.get(CLOCK_KEY);
        if (between == null || days == null || !between.first().isBefore(days.getLastDay())) {
            return;
        }
        LocalDate last = between.last().isBefore(days.getLastDay()) ? between.last() : days.getLastDay();
        Map<String, SortedSet<LocalDate>> surgeDays = new TreeMap<>();
        Map<String, SortedSet<LocalDate>> lullDays = new TreeMap<>();
        var judged = new DayRange(between.first(), last.plusDays(WeekJudge.REACH));
        var lullsJudged = new DayRange(between.first(), last.plusDays(YearLull.HISTORY));
        for (String jurisdictionId : announcedIn(judged)) {
            judgeSurges(
                    jurisdictionId,
                    List.of(new DayRange(between.first(), last.plusDays(reach(jurisdictionId)))),
                    surgeDays);
            add(lullDays, jurisdictionId, judgeLulls(jurisdictionId, List.of(lullsJudged), days));
        }
        publish(surgeDays, lullDays, days, timestamp);
    }

    private void reach(DayReached reached, long timestamp) {
        DayReached before = clock.get(CLOCK_KEY);
        clock.put(CLOCK_KEY, reached);
        Map<String, SortedSet<LocalDate>> surgeDays = new TreeMap<>();
        Map<String, SortedSet<LocalDate>> lullDays = new TreeMap<>();
        published
                .quiet(reached.getLastDay())
                .forEach((key, last) -> add(
                        key.alertId().startsWith(SURGE) ? surgeDays : lullDays,
                        key.owner(),
                        new TreeSet<>(Set.of(last))));
        if (before != null) {
            if (reached.getFirstDay().isBefore(before.getFirstDay())) {
                // The days after the former first day have a history now.
                SortedSet<LocalDate> first = new TreeSet<>(Set.of(before.getFirstDay()));
                for (String jurisdictionId : lullJudged) {
                    if (spans.get(jurisdictionId) != null) {
                        add(lullDays, jurisdictionId, judgeLullsAfter(jurisdictionId, first, reached));
                    }
                }
            }
            var passed = new DayRange(before.getLastDay(), reached.getLastDay().minusDays(1));
            for (String jurisdictionId :
                    passed.from().with(SUNDAY).isAfter(passed.to()) ? List.<String>of() : lullJudged) {
                if (spans.get(jurisdictionId) != null) {
                    add(lullDays, jurisdictionId, judgeLulls(jurisdictionId, List.of(passed), reached));
                }
            }
        }
        publish(surgeDays, lullDays, reached, timestamp);
        try (var rows = reports.all()) {
            rows.forEachRemaining(row -> tell(row.value, row.value, reached.getLastDay(), timestamp));
        }
    }

    private void publish(
            Map<String, SortedSet<LocalDate>> surgeDays,
            Map<String, SortedSet<LocalDate>> lullDays,
            DayReached reached,
            long timestamp) {
        SortedSet<String> changed = new TreeSet<>(surgeDays.keySet());
        changed.addAll(lullDays.keySet());
        SortedSet<LocalDate> none = Collections.emptySortedSet();
        changed.forEach(id ->
                publish(id, surgeDays.getOrDefault(id, none), lullDays.getOrDefault(id, none), reached, timestamp));
    }

    private static void add(Map<String, SortedSet<LocalDate>> to, String jurisdictionId, SortedSet<LocalDate> days) {
        if (!days.isEmpty()) {
            to.computeIfAbsent(jurisdictionId, id -> new TreeSet<>()).addAll(days);
        }
    }

    /** Jurisdictions with announcements before, in and after a range, or in it. */
    private List<String> announcedIn(DayRange range) {
        List<String> announced = new ArrayList<>();
        try (var rows = spans.all()) {
            rows.forEachRemaining(row -> {
                if (!row.value.getFirstDay().isAfter(range.to())
                        && !row.value.getLastDay().isBefore(range.from())) {
                    announced.add(row.key);
                }
            });
        }
        return announced;
    }

    /** For how many days after it the judgement of days rests on a day. */
    private int reach(String jurisdictionId) {
        return weeks.judges(jurisdictionId) ? WeekJudge.REACH : ReleaseSurge.MOST_DAYS;
    }

    /** The changed days, each with those whose history it belongs to. */
    private static List<DayRange> withThoseAfter(SortedSet<LocalDate> changed, int days) {
        List<DayRange> ranges = new ArrayList<>();
        for (LocalDate day : changed) {
            int last = ranges.size() - 1;
            LocalDate to = day.plusDays(days);
            if (last >= 0 && ranges.get(last).holds(day)) {
                ranges.set(last, new DayRange(ranges.get(last).from(), to));
            } else {
                ranges.add(new DayRange(day, to));
            }
        }
        return ranges;
    }

    /**
     * Judges the days of these ranges. Adds the days whose alarm changed, and the days of other jurisdictions that stand or
     * fall with them.
     */
    private void judgeSurges(String jurisdictionId, List<DayRange> ranges, Map<String, SortedSet<LocalDate>> differ) {
        ReleaseSurge detector = settings.opening(jurisdictions.get(jurisdictionId));
        for (DayRange range : ranges) {
            Map<LocalDate, Alarm> alarms = new TreeMap<>();
            for (DayCount day : counts.days(jurisdictionId, range.from(), range.to())) {
                Alarm alarm = alarm(detector, jurisdictionId, day);
                if (alarm != null) {
                    alarms.put(day.day(), alarm);
                }
            }
            SortedSet<LocalDate> days = surges.replace(jurisdictionId, range, alarms);
            add(differ, jurisdictionId, days);
            for (LocalDate day : days) {
                Alarm alarm = alarms.get(day);
                SortedSet<LocalDate> ofDay = new TreeSet<>(Set.of(day));
                together.put(jurisdictionId, day, opening(alarm, false)).forEach(other -> add(differ, other, ofDay));
                if (weeks.judges(jurisdictionId)) {
                    weeksTogether
                            .put(jurisdictionId, day, opening(alarm, true))
                            .forEach(other -> add(differ, other, ofDay));
                }
            }
        }
    }

    /** The p-value of a day, or of the week up to it, that opens an alert by itself. */
    private static @Nullable Double opening(@Nullable Alarm alarm, boolean ofWeek) {
        return alarm != null && alarm.getOpens() && ofWeek == (alarm.getWeekFrom() != null)
                ? (Double) alarm.getPValue()
                : null;
    }

    /** What a day is, by the week up to it or, where too little is known for that, by itself; null for nothing unusual. */
    private @Nullable Alarm alarm(ReleaseSurge detector, String jurisdictionId, DayCount day) {
        WeekJudge.Judged week =
                weeks.judges(jurisdictionId) && day.arrests() > 0 ? weeks.judge(jurisdictionId, day.day()) : null;
        if (week != null) {
            Verdict verdict = week.verdict();
            boolean opens = verdict.alarm() && week.arrests() >= settings.fewestArrests();
            return opens || (settings.mayStay(week.arrests()) && settings.staysWeek(verdict))
                    ? Alarm.newBuilder(alarm(day.day(), day.arrests(), verdict, week.baselineDays()))
                            .setOpens(opens)
                            .setDetector(week.detector())
                            .setWeekFrom(week.from())
                            .setReached(week.reached())
                            .build()
                    : null;
        }
        if (!settings.mayStay(day.arrests())) {
            return null;
        }
        DayJudge.Judged judged = judge.judge(detector, jurisdictionId, day);
        Verdict verdict = judged.verdict();
        return verdict.alarm() || (settings.mayStay(judged.arrests()) && settings.stays(verdict))
                ? alarm(day.day(), day.arrests(), verdict, judged.baselineDays())
                : null;
    }

    private static Alarm alarm(LocalDate day, long observed, Verdict verdict, int baselineDays) {
        return Alarm.newBuilder()
                .setDay(day)
                .setOpens(verdict.alarm())
                .setObserved(observed)
                .setExpected(verdict.expected())
                .setBound(verdict.bound())
                .setPValue(verdict.pValue())
                .setBaselineDays(baselineDays)
                .build();
    }

    private SortedSet<LocalDate> judgeLullsAfter(
            String jurisdictionId, SortedSet<LocalDate> changed, DayReached known) {
        return judgeLulls(jurisdictionId, withThoseAfter(changed, YearLull.HISTORY), known);
    }

    /** Judges the ends of 28 days in these ranges; returns those whose alarm changed. */
    private SortedSet<LocalDate> judgeLulls(String jurisdictionId, List<DayRange> ranges, DayReached known) {
        SortedSet<LocalDate> differ = new TreeSet<>();
        if (!LULL_LEVELS.contains(jurisdictions.get(jurisdictionId).level())) {
            return differ;
        }
        LocalDate earliest = known.getFirstDay().plusDays(YearLull.HISTORY);
        for (DayRange range : ranges) {
            Map<LocalDate, Alarm> alarms = new TreeMap<>();
            LocalDate day = later(range.from(), earliest).with(SUNDAY);
            for (; !day.isAfter(range.to()) && day.isBefore(known.getLastDay()); day = day.plusWeeks(1)) {
                Verdict verdict = lull(jurisdictionId, day);
                if (verdict.alarm()) {
                    alarms.put(day, alarm(day, (long) verdict.observed(), verdict, ReleaseSurge.MOST_DAYS));
                }
            }
            differ.addAll(lulls.replace(jurisdictionId, range, alarms));
        }
        return differ;
    }

    /**
     * Neither half of a lull is without any announcement: that would be a source gone silent, which is not quiet. Nor is a
     * source that tells of the jurisdiction silent then, or unread on a day.
     */
    private Verdict lull(String jurisdictionId, LocalDate day) {
        LocalDate from = day.minusDays(YearLull.HISTORY);
        double[] arrests = new double[YearLull.HISTORY + 1];
        boolean[] heard = new boolean[2];
        for (DayCount each : counts.days(jurisdictionId, from, day)) {
            arrests[(int) (each.day().toEpochDay() - from.toEpochDay())] = each.arrests();
            long ago = day.toEpochDay() - each.day().toEpochDay();
            if (ago < YearLull.WINDOW && each.announcements() > 0) {
                heard[(int) (ago / (YearLull.WINDOW / 2))] = true;
            }
        }
        return heard[0] && heard[1] && isRead(jurisdictionId, new DayRange(day.minusDays(YearLull.WINDOW - 1), day))
                ? lullDetector.judge(Series.of(arrests, YearLull.HISTORY), arrests[YearLull.HISTORY])
                : Verdict.notEnoughHistory(arrests[YearLull.HISTORY]);
    }

    /** Whether the sources that were read before, and tell of the jurisdiction or a part of it, were read on all these days. */
    private boolean isRead(String jurisdictionId, DayRange days) {
        boolean read = true;
        try (var rows = reports.all()) {
            while (read && rows.hasNext()) {
                SourceHealth report = rows.next().value;
                DaySet known = sources.of(report.getSourceId());
                LocalDate silent = report.getSilentFrom();
                boolean before = known.count(
                                days.from().minusDays(YearLull.HISTORY),
                                days.from().minusDays(1))
                        > 0;
                boolean missed = known.count(days.from(), days.to()) < YearLull.WINDOW;
                read = !before
                        || !tellsOf(jurisdictionId, report.getJurisdictionId())
                        || (!missed && (silent == null || silent.isAfter(days.to())));
            }
        }
        return read;
    }

    private boolean tellsOf(String jurisdictionId, String covered) {
        return jurisdictions.contains(covered, jurisdictionId) || jurisdictions.contains(jurisdictionId, covered);
    }

    /** Publishes what changed in the alerts to which the alarms of these days and those near them belong. */
    private void publish(
            String jurisdictionId,
            SortedSet<LocalDate> surgeDays,
            SortedSet<LocalDate> lullDays,
            DayReached known,
            long timestamp) {
        Jurisdiction of = jurisdictions.get(jurisdictionId);
        publish(
                jurisdictionId,
                surges,
                surgeDays,
                SURGE,
                WEEK - 1,
                alarm -> standing(jurisdictionId, alarm),
                episode -> surge(of, episode, surgeDays.first()),
                known,
                timestamp);
        publish(
                jurisdictionId,
                lulls,
                lullDays,
                LULL,
                YearLull.WINDOW - 1,
                alarm -> alarm,
                episode -> lull(of, episode),
                known,
                timestamp);
    }

    private void publish(
            String jurisdictionId,
            AlarmStore store,
            SortedSet<LocalDate> days,
            String kind,
            int daysBefore,
            UnaryOperator<Alarm> standing,
            Function<List<Alarm>, PublishedAlerts.Standing> alert,
            DayReached known,
            long timestamp) {
        if (days.isEmpty()) {
            return;
        }
        List<Alarm> alarms =
                store.around(jurisdictionId, new DayRange(days.first(), days.last()), settings.quietDays());
        LocalDate first = days.first();
        LocalDate last = days.last();
        for (Alarm alarm : alarms) {
            first = alarm.getDay().isBefore(first) ? alarm.getDay() : first;
            last = later(last, alarm.getDay());
        }
        published.publish(
                jurisdictionId,
                kind + first.minusDays(daysBefore),
                kind + last + "/\uffff",
                Episodes.of(alarms.stream().map(standing).toList(), settings.quietDays()).stream()
                        .map(alert)
                        .toList(),
                known.getLastDay(),
                timestamp);
    }

    /** The alarm of a day; one that does not stand beside the other jurisdictions' of its day opens no alert. */
    private Alarm standing(String jurisdictionId, Alarm alarm) {
        TogetherJudged with = alarm.getWeekFrom() == null ? together : weeksTogether;
        return alarm.getOpens() && !with.stands(jurisdictionId, alarm.getDay())
                ? Alarm.newBuilder(alarm).setOpens(false).build()
                : alarm;
    }

    /**
     * While a surge is open, its alert tells what was announced up to the latest day by which it had grown by a step since
     * the one told before; when it closes, the whole.
     *
     * @param firstChanged nothing changed before this day: what was told of earlier days still holds
     */
    private PublishedAlerts.Standing surge(Jurisdiction of, List<Alarm> episode, LocalDate firstChanged) {
        LocalDate first = first(episode);
        LocalDate last = episode.get(episode.size() - 1).getDay();
        long[] upTo = upTo(episode, counts.days(of.id(), first, last));
        int step = 0;
        for (int i = 1; i < episode.size(); i++) {
            if (upTo[i] >= upTo[step] * (1 + settings.growth())
                    || !AlertText.severity(upTo[i]).equals(AlertText.severity(upTo[step]))) {
                step = i;
            }
        }
        List<Alarm> told = episode.subList(0, step + 1);
        long observed = upTo[step];
        LocalDate toldUntil = episode.get(step).getDay();
        return new PublishedAlerts.Standing(
                SURGE + first + "/" + of.id(),
                () -> surge(of, told, observed),
                () -> surge(of, episode, upTo[episode.size() - 1]),
                last,
                published -> published.getLastDay().equals(toldUntil) && firstChanged.isAfter(toldUntil));
    }

    /** Announced arrests from the first alarm's day to each alarm's. */
    private static long[] upTo(List<Alarm> episode, List<DayCount> days) {
        long[] upTo = new long[episode.size()];
        long sum = 0;
        int at = 0;
        for (DayCount day : days) {
            while (day.day().isAfter(episode.get(at).getDay())) {
                upTo[at++] = sum;
            }
            sum += day.arrests();
        }
        Arrays.fill(upTo, at, upTo.length, sum);
        return upTo;
    }

    /** The first day that an episode tells of. */
    private static LocalDate first(List<Alarm> episode) {
        LocalDate weekFrom = episode.get(0).getWeekFrom();
        return weekFrom == null ? episode.get(0).getDay() : weekFrom;
    }

    private static double recurrenceWeeks(Alarm of) {
        return of.getWeekFrom() == null ? AlertSettings.recurrenceWeeks(of.getPValue()) : 1 / of.getPValue();
    }

    /** What the opening day or week leads to expect of all days. */
    private static double expected(Alarm opening, LocalDate first, LocalDate last) {
        LocalDate day = opening.getDay();
        return opening.getExpected()
                * exposure(first, last)
                / exposure(opening.getWeekFrom() == null ? day : day.minusDays(WEEK - 1), day);
    }

    private static double exposure(LocalDate from, LocalDate to) {
        double exposure = 0;
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            exposure += Workdays.exposure(day.toEpochDay());
        }
        return exposure;
    }

    private Alert surge(Jurisdiction of, List<Alarm> alarms, long observed) {
        Alarm opening = alarms.get(0);
        LocalDate first = first(alarms);
        LocalDate last = alarms.get(alarms.size() - 1).getDay();
        Alarm rarest = alarms.stream()
                .max(Comparator.comparingDouble(JudgeProcessor::recurrenceWeeks))
                .orElseThrow();
        double pValue = rarest.getPValue();
        double recurrence = recurrenceWeeks(rarest);
        List<String> reached = opening.getReached().stream()
                .map(jurisdictions::get)
                .map(Jurisdiction::name)
                .toList();
        double expected = expected(opening, first, last);
        String name = AlertText.name(of);
        String reason = opening.getWeekFrom() == null
                ? AlertText.surge(name, observed, first, last, expected, recurrence)
                : AlertText.surgeOfWeek(name, reached, observed, first, last, expected, recurrence);
        return of(of, "SURGE", SURGE, opening.getDetector(), opening, first, last)
                .setObserved(observed)
                .setPeak(alarms.stream().mapToLong(Alarm::getObserved).max().orElseThrow())
                .setExpected(expected)
                .setPValue(pValue)
                .setRecurrenceWeeks(recurrence)
                .setScore(-Math.log10(pValue))
                .setSeverity(AlertText.severity(observed))
                .setReason(reason)
                .setEvidence(evidence.largest(
                        of.id(),
                        counts.days(of.id(), first, last).stream()
                                .filter(day -> day.arrests() > 0)
                                .map(DayCount::day)
                                .toList()))
                .build();
    }

    /** An open lull tells of the 28 days that opened it; a closed one of all its days. */
    private PublishedAlerts.Standing lull(Jurisdiction of, List<Alarm> episode) {
        LocalDate last = episode.get(episode.size() - 1).getDay();
        Alarm opening = episode.get(0);
        return new PublishedAlerts.Standing(
                LULL + opening.getDay().minusDays(YearLull.WINDOW - 1) + "/" + of.id(),
                () -> lull(of, opening, opening.getDay()),
                () -> lull(of, opening, last),
                last,
                published -> false);
    }

    private Alert lull(Jurisdiction of, Alarm opening, LocalDate last) {
        LocalDate from = opening.getDay().minusDays(YearLull.WINDOW - 1);
        List<DayCount> days = counts.days(of.id(), from, last);
        long observed = DailyCounts.sum(last, days).arrests();
        long windowDays = last.toEpochDay() - from.toEpochDay() + 1;
        double expected = opening.getExpected() * windowDays / YearLull.WINDOW;
        return of(of, "LULL", LULL, "yearLull", opening, from, last)
                .setObserved(observed)
                .setPeak(days.stream().mapToLong(DayCount::arrests).max().orElse(0))
                .setExpected(expected)
                .setPValue(opening.getPValue())
                .setRecurrenceWeeks(YearLull.WINDOW / (7 * opening.getPValue()))
                .setScore(-Math.log10(opening.getPValue()))
                .setSeverity("INFO")
                .setReason(AlertText.lull(AlertText.name(of), observed, from, last, expected))
                .build();
    }

    private static Alert.Builder of(
            Jurisdiction of,
            String kind,
            String idPrefix,
            String detector,
            Alarm opening,
            LocalDate from,
            LocalDate to) {
        return Alert.newBuilder()
                .setAlertId(idPrefix + from + "/" + of.id())
                .setVersion(0)
                .setStatus("")
                .setKind(kind)
                .setJurisdictionId(of.id())
                .setJurisdictionName(AlertText.name(of))
                .setDetector(detector)
                .setFirstDay(from)
                .setLastDay(to)
                .setWindowDays((int) (to.toEpochDay() - from.toEpochDay() + 1))
                .setBound(opening.getBound())
                .setBaselineDays(opening.getBaselineDays());
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
