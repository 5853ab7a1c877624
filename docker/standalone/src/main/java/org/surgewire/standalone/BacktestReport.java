package org.surgewire.standalone;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;

/**
 * How the alerts of a replayed history did.
 *
 * <p>An alert belongs to the week, Monday to Sunday, of its first day. A surge
 * alert counts as right when its evidence names an operation. The time to an alert runs from the first day on which an
 * operation announced arrests to the day of the first surge alert whose evidence names it. Cancelled alerts are left out.
 */
final class BacktestReport {
    private static final List<String> SEVERITIES = List.of("MINOR", "MODERATE", "SEVERE", "EXTREME");

    private final List<Alert> alerts;
    private final List<Operation> operations;
    private final LocalDate from;
    private final LocalDate to;

    /**
     * @param alerts the latest version of each
     * @param operations all of them
     * @param from first day of the report
     * @param to last day of the report, not before {@code from}
     */
    BacktestReport(Collection<Alert> alerts, Collection<Operation> operations, LocalDate from, LocalDate to) {
        this.from = from;
        this.to = to;
        this.alerts = alerts.stream()
                .filter(alert -> !alert.getStatus().equals("CANCELLED"))
                .filter(alert -> isWithin(alert.getFirstDay()))
                .toList();
        this.operations = List.copyOf(operations);
    }

    private boolean isWithin(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** Weeks as CSV, an empty line, then one line a figure. */
    String text() {
        var text = new StringBuilder("week,surges,minor,moderate,severe,extreme,lulls,operation_news\n");
        List<Alert> surges = ofKind("SURGE");
        LocalDate monday = from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (LocalDate week = monday; !week.isAfter(to); week = week.plusWeeks(1)) {
            List<Alert> ofWeek = inWeek(surges, week);
            text.append(week).append(',').append(ofWeek.size());
            for (String severity : SEVERITIES) {
                text.append(',').append(count(ofWeek, severity));
            }
            text.append(',').append(inWeek(ofKind("LULL"), week).size());
            text.append(',').append(inWeek(ofKind("OPERATION_"), week).size()).append('\n');
        }
        double weeks = (ChronoUnit.DAYS.between(from, to) + 1) / 7.0;
        long right = surges.stream().filter(BacktestReport::namesAnOperation).count();
        text.append('\n');
        text.append(String.format(
                Locale.ROOT,
                "surge alerts a week: %.2f (%d in %.1f weeks)%n",
                surges.size() / weeks,
                surges.size(),
                weeks));
        text.append(String.format(
                Locale.ROOT,
                "precision: %s (%d of %d surge alerts rest on a named operation)%n",
                surges.isEmpty() ? "unknown" : String.format(Locale.ROOT, "%.2f", (double) right / surges.size()),
                right,
                surges.size()));
        delays(text, surges);
        return text.toString();
    }

    private void delays(StringBuilder text, List<Alert> surges) {
        List<Long> delays = new ArrayList<>();
        int missed = 0;
        for (Operation operation : operations) {
            Optional<LocalDate> first = firstArrests(operation);
            if (first.isEmpty() || !isWithin(first.get())) {
                continue;
            }
            Optional<LocalDate> alerted = surges.stream()
                    .filter(alert -> names(alert, operation.getOperationId()))
                    .map(Alert::getFirstDay)
                    .min(Comparator.naturalOrder());
            if (alerted.isEmpty()) {
                missed++;
                text.append(operation.getOperationId()).append(": no surge alert\n");
            } else {
                long days = Math.max(0, ChronoUnit.DAYS.between(first.get(), alerted.get()));
                delays.add(days);
                text.append(operation.getOperationId())
                        .append(": alert after ")
                        .append(days)
                        .append(" days\n");
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "first release to alert: %s; %d of %d operations with arrests have a surge alert%n",
                delays.isEmpty()
                        ? "unknown"
                        : String.format(
                                Locale.ROOT,
                                "%.1f days on average",
                                delays.stream()
                                        .mapToLong(Long::longValue)
                                        .average()
                                        .orElseThrow()),
                delays.size(),
                delays.size() + missed));
    }

    private static Optional<LocalDate> firstArrests(Operation operation) {
        return operation.getSteps().stream()
                .filter(step -> step.getArrests() != null && step.getArrests() > 0)
                .map(OperationStep::getDay)
                .min(Comparator.naturalOrder());
    }

    private List<Alert> ofKind(String prefix) {
        return alerts.stream()
                .filter(alert -> alert.getKind().startsWith(prefix))
                .toList();
    }

    private static List<Alert> inWeek(List<Alert> of, LocalDate monday) {
        return of.stream()
                .filter(alert -> !alert.getFirstDay().isBefore(monday)
                        && alert.getFirstDay().isBefore(monday.plusWeeks(1)))
                .toList();
    }

    private static long count(List<Alert> of, String severity) {
        return of.stream().filter(alert -> alert.getSeverity().equals(severity)).count();
    }

    private static boolean namesAnOperation(Alert alert) {
        return alert.getEvidence().stream().map(AlertEvidence::getOperationId).anyMatch(Objects::nonNull);
    }

    private static boolean names(Alert alert, String operationId) {
        return alert.getEvidence().stream().map(AlertEvidence::getOperationId).anyMatch(operationId::equals);
    }
}
