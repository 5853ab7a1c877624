package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/**
 * What is news in the course of an operation, each piece an alert of its own:
 *
 * <ul>
 *   <li>OPERATION_PLANNED, the day it was first told of as planned, unless it was under way before;
 *   <li>OPERATION_LAUNCHED, the first day it was told of as under way, unless that day tells its end;
 *   <li>OPERATION_SPREAD, a jurisdiction it reached on a later day than its first, one alert each: it is told of by name,
 *       is not the country, neither it nor a part of it was told of before, and no part of it is told of the same day;
 *   <li>OPERATION_STEP, a day after the first on which its cumulative total passes 50, 100, 250, 500, 1,000 and so on, the
 *       largest of them;
 *   <li>OPERATION_SURGE, a day with far more announced arrests than the operation's own days lead to expect, as {@link
 *       ReleaseSurge} judges it with the settings of any jurisdiction. Its history begins with its first announced arrests;
 *       {@value ReleaseSurge#FEWEST_DAYS} days of it and {@value #FEWEST_FIGURES} days with arrests are enough. Within the quiet days after such
 *       a day another one is no news;
 *   <li>OPERATION_CONCLUDED, the day it was first told of as concluded.
 * </ul>
 *
 * Days are publication days. The same cases give the same news in whatever order they came.
 */
final class OperationNews {
    private static final int MOST_NAMES = 6;

    /** Below so many figures of its own, what a figure of it is like is not known: some tell dozens, some thousands. */
    private static final int FEWEST_FIGURES = 5;

    private static final long[] RUNGS = {
        50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000
    };
    private static final Predicate<String> PLANNED = "PLANNED"::equals;
    private static final Predicate<String> CONCLUDED = "CONCLUDED"::equals;
    private static final Predicate<String> UNDER_WAY = PLANNED.negate();

    private final Jurisdictions jurisdictions;
    private final AlertSettings settings;

    OperationNews(Jurisdictions jurisdictions, AlertSettings settings) {
        this.jurisdictions = jurisdictions;
        this.settings = settings;
    }

    /** One publication day of an operation. */
    private record Day(LocalDate day, List<OperationStep> steps, long added, long total) {
        boolean tells(Predicate<String> phase) {
            return steps.stream().map(OperationStep::getPhase).anyMatch(phase);
        }

        Set<String> jurisdictions(Predicate<String> phase) {
            Set<String> named = new TreeSet<>();
            steps.stream()
                    .filter(step -> phase.test(step.getPhase()))
                    .forEach(step -> named.addAll(step.getJurisdictions()));
            return named;
        }
    }

    /** The news, each as an alert without status and version; none for an operation that has been withdrawn. */
    List<Alert> of(Operation operation, Collection<Case> cases) {
        var telling = new Telling(operation, cases);
        Set<String> reached = new TreeSet<>();
        boolean planned = false;
        boolean concluded = false;
        long highest = 0;
        List<Day> days = days(operation);
        surges(days, telling);
        for (Day day : days) {
            if (!planned && reached.isEmpty() && day.tells(PLANNED)) {
                planned = true;
                telling.planned(day);
            }
            if (!day.tells(UNDER_WAY)) {
                continue;
            }
            boolean first = reached.isEmpty();
            Set<String> named = day.jurisdictions(UNDER_WAY);
            if (first && !day.tells(CONCLUDED)) {
                telling.launched(day, named);
            }
            if (!concluded && day.tells(CONCLUDED)) {
                concluded = true;
                telling.concluded(day, named);
            }
            long rung = rung(day.total());
            if (!first) {
                Set<String> spread = new TreeSet<>(named);
                spread.removeIf(id -> !isNew(id, reached));
                spread.stream().filter(id -> isLowest(id, spread)).forEach(id -> telling.spread(day, id));
                if (rung > highest) {
                    telling.step(day, rung, named);
                }
            }
            highest = Math.max(highest, rung);
            reached.addAll(named);
            // A day that names no place is still the first.
            reached.add(Jurisdictions.COUNTRY);
        }
        return telling.alerts;
    }

    /** Judges each day of the operation against those before. */
    private void surges(List<Day> days, Telling telling) {
        List<Day> known = days.stream().filter(day -> day.added() > 0).toList();
        LocalDate quietUntil = LocalDate.MIN;
        for (int i = FEWEST_FIGURES; i < known.size(); i++) {
            Day judged = known.get(i);
            if (judged.added() >= settings.fewestArrests()) {
                Verdict verdict = verdict(known.subList(0, i), judged);
                if (verdict.alarm() && judged.day().isAfter(quietUntil)) {
                    telling.surge(judged, verdict, known.get(0).day());
                }
                quietUntil = verdict.alarm() ? judged.day().plusDays(settings.quietDays()) : quietUntil;
            }
        }
    }

    private Verdict verdict(List<Day> before, Day judged) {
        long day = judged.day().toEpochDay();
        long first = Math.max(before.get(0).day().toEpochDay(), day - ReleaseSurge.MOST_DAYS);
        double[] history = new double[(int) (day - first)];
        for (Day each : before) {
            if (each.day().toEpochDay() >= first) {
                history[(int) (each.day().toEpochDay() - first)] = each.added();
            }
        }
        return settings.ofOperation()
                .judge(Series.of(history).withExposure(ago -> Workdays.exposure(day - ago)), (double) judged.added());
    }

    private boolean isNew(String id, Set<String> reached) {
        return !id.equals(Jurisdictions.COUNTRY)
                && reached.stream().noneMatch(known -> jurisdictions.contains(id, known));
    }

    private boolean isLowest(String id, Set<String> of) {
        return of.stream().noneMatch(other -> !other.equals(id) && jurisdictions.contains(id, other));
    }

    private static long rung(long total) {
        long reached = 0;
        for (long rung : RUNGS) {
            reached = total >= rung ? rung : reached;
        }
        return reached;
    }

    private static List<Day> days(Operation operation) {
        Map<LocalDate, List<OperationStep>> byDay = new TreeMap<>();
        operation.getSteps().forEach(step -> byDay.computeIfAbsent(step.getDay(), day -> new ArrayList<>())
                .add(step));
        List<Day> days = new ArrayList<>();
        long[] total = {0};
        byDay.forEach((day, steps) -> {
            long added = steps.stream()
                    .mapToLong(step -> step.getArrests() == null ? 0 : step.getArrests())
                    .sum();
            total[0] += added;
            days.add(new Day(day, steps, added, total[0]));
        });
        return days;
    }

    /** Puts the news of one operation into alerts. */
    private final class Telling {
        private static final Comparator<AlertEvidence> LARGEST_FIRST = Comparator.comparingLong(
                        AlertEvidence::getArrests)
                .reversed()
                .thenComparing(AlertEvidence::getReleaseId)
                .thenComparing(AlertEvidence::getCaseId);

        private final Operation operation;
        private final Collection<Case> cases;
        private final List<Alert> alerts = new ArrayList<>();

        private Telling(Operation operation, Collection<Case> cases) {
            this.operation = operation;
            this.cases = cases;
        }

        private void planned(Day day) {
            Set<String> named = day.jurisdictions(PLANNED);
            String reason = operation.getName() + " is planned" + in(named) + ", told on " + on(day) + ".";
            add("PLANNED", "", day, named, "MINOR", reason, PLANNED);
        }

        private void launched(Day day, Set<String> named) {
            String reason =
                    operation.getName() + " has begun" + in(named) + ", told on " + on(day) + arrests(day) + ".";
            add("LAUNCHED", "", day, named, AlertText.severity(day.total()), reason, UNDER_WAY);
        }

        private void concluded(Day day, Set<String> named) {
            String reason = operation.getName() + " is told of as concluded" + in(named) + " on " + on(day)
                    + arrests(day) + ".";
            add("CONCLUDED", "", day, named, AlertText.severity(day.total()), reason, UNDER_WAY);
        }

        private void spread(Day day, String id) {
            String reason = operation.getName() + " has reached " + AlertText.name(jurisdictions.get(id)) + ", told on "
                    + on(day) + arrests(day) + ".";
            add("SPREAD", "/" + id, day, Set.of(id), "MINOR", reason, UNDER_WAY);
        }

        private void surge(Day day, Verdict verdict, LocalDate firstKnown) {
            double recurrence = AlertSettings.recurrenceWeeks(verdict.pValue());
            String reason = AlertText.surge(
                    operation.getName(), day.added(), day.day(), day.day(), verdict.expected(), recurrence);
            alerts.add(alert(
                            "SURGE",
                            "/" + day.day(),
                            day,
                            day.jurisdictions(UNDER_WAY),
                            AlertText.severity(day.added()),
                            reason,
                            UNDER_WAY)
                    .setDetector("releaseSurge")
                    .setObserved(day.added())
                    .setExpected(verdict.expected())
                    .setBound(verdict.bound())
                    .setBaselineDays(
                            (int) Math.min(day.day().toEpochDay() - firstKnown.toEpochDay(), ReleaseSurge.MOST_DAYS))
                    .setPValue(verdict.pValue())
                    .setRecurrenceWeeks(recurrence)
                    .setScore(verdict.score())
                    .build());
        }

        private void step(Day day, long rung, Set<String> named) {
            String reason = String.format(
                    Locale.ROOT,
                    "%s has passed %,d announced arrests: %,d up to %s.",
                    operation.getName(),
                    rung,
                    day.total(),
                    on(day));
            add("STEP", "/" + rung, day, named, AlertText.severity(day.total()), reason, UNDER_WAY);
        }

        private String on(Day day) {
            return AlertText.day(day.day());
        }

        private String arrests(Day day) {
            return day.total() == 0
                    ? ""
                    : String.format(Locale.ROOT, "; %,d announced arrests in all so far", day.total());
        }

        private String in(Set<String> named) {
            List<String> names = named.stream()
                    .map(jurisdictions::get)
                    .map(AlertText::name)
                    .limit(MOST_NAMES)
                    .toList();
            if (names.isEmpty()) {
                return "";
            }
            int more = named.size() - names.size();
            return " in " + String.join("; ", names) + (more > 0 ? " and " + more + " more" : "");
        }

        private void add(
                String news,
                String of,
                Day day,
                Set<String> named,
                String severity,
                String reason,
                Predicate<String> phase) {
            alerts.add(alert(news, of, day, named, severity, reason, phase).build());
        }

        private Alert.Builder alert(
                String news,
                String of,
                Day day,
                Set<String> named,
                String severity,
                String reason,
                Predicate<String> phase) {
            Jurisdiction jurisdiction = jurisdictions.lowestContaining(named);
            return Alert.newBuilder()
                    .setAlertId("operation-" + news.toLowerCase(Locale.ROOT) + "/" + operation.getOperationId() + of)
                    .setVersion(0)
                    .setStatus("")
                    .setKind("OPERATION_" + news)
                    .setJurisdictionId(jurisdiction.id())
                    .setJurisdictionName(AlertText.name(jurisdiction))
                    .setOperationId(operation.getOperationId())
                    .setDetector("operationNews")
                    .setFirstDay(day.day())
                    .setLastDay(day.day())
                    .setWindowDays(1)
                    .setObserved(day.total())
                    .setPeak(day.added())
                    .setExpected(0)
                    .setBound(0)
                    .setScore(0)
                    .setSeverity(severity)
                    .setReason(reason)
                    .setEvidence(evidence(day, phase));
        }

        private List<AlertEvidence> evidence(Day day, Predicate<String> phase) {
            List<AlertEvidence> evidence = new ArrayList<>();
            for (OperationStep step : day.steps()) {
                if (phase.test(step.getPhase())) {
                    cases.stream()
                            .filter(each -> each.getCaseId().equals(step.getCaseId()))
                            .forEach(each -> evidence.add(evidence(each, step)));
                }
            }
            evidence.sort(LARGEST_FIRST);
            return evidence;
        }

        private AlertEvidence evidence(Case of, OperationStep step) {
            CaseAnnouncement source = of.getAnnouncements().stream()
                    .filter(each -> each.getReleaseId().equals(step.getReleaseId()))
                    .findFirst()
                    .orElseThrow();
            String sentence = of.getDays().stream()
                    .filter(each -> each.getReleaseId().equals(step.getReleaseId()))
                    .map(CaseDay::getSentence)
                    .filter(each -> !each.isEmpty())
                    .findFirst()
                    .orElse("");
            return new AlertEvidence(
                    of.getCaseId(),
                    operation.getOperationId(),
                    step.getReleaseId(),
                    source.getUrl(),
                    source.getTitle(),
                    step.getArrests() == null ? 0 : step.getArrests(),
                    sentence);
        }
    }
}
