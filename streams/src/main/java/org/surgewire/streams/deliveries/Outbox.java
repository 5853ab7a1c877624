package org.surgewire.streams.deliveries;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Delivery;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.deliveries.Subscription.Daily;

/**
 * What one subscription was told, what it has to be told yet, and how its receiver is doing. Decides alone: it neither
 * sends nor stores, and gives out the records to be stored. Thread-safe.
 *
 * <p>Every version of an alert is told once, in order. A version that does not match the filter is told when an earlier
 * one was: who heard of a surge hears that it was taken back. An alert that was taken back before it was told is not told.
 *
 * <p>Versions begin at 1 again when everything is counted anew. One that is not above the version told last is then taken
 * for a repetition, unless it ends an alert that the receiver believes to be open. While alerts are offered from the
 * beginning of their topic, only the last version of each can say so.
 */
final class Outbox {
    /** Attempts after which a message that the receiver refuses is passed over. */
    static final int MOST_REFUSALS = 5;

    /** Messages passed over in a row after which it is the receiver that is wrong. */
    static final int MOST_PASSED_OVER = 2;

    private static final int MOST_IN_DIGEST = 200;

    private final Subscription subscription;
    private final Jurisdictions jurisdictions;
    private final RetrySchedule schedule;
    private final RandomGenerator random;
    private final Map<String, Delivery> told = new HashMap<>();
    private final Map<String, Dated> lastQueued = new HashMap<>();
    private final List<Dated> queue = new ArrayList<>();
    private final Map<String, Dated> latestOffered = new LinkedHashMap<>();
    private @Nullable Delivery head;
    private boolean live;
    private int passedOver;

    Outbox(Subscription subscription, Jurisdictions jurisdictions, RetrySchedule schedule, RandomGenerator random) {
        this.subscription = subscription;
        this.jurisdictions = jurisdictions;
        this.schedule = schedule;
        this.random = random;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Takes over a record that was stored earlier, in whatever order. */
    synchronized void recall(Delivery record) {
        String alert = record.getAlertId();
        if (alert != null) {
            told.merge(alert, record, (one, other) -> one.getAt().isAfter(other.getAt()) ? one : other);
        } else if (head == null || !head.getAt().isAfter(record.getAt())) {
            head = record;
        }
    }

    /** From now on alerts are offered from the beginning of their topic, until {@link #caughtUp}. */
    synchronized void catchUp() {
        live = false;
        latestOffered.clear();
    }

    /**
     * All alerts that there are were offered, and from now on come new ones. A new subscription begins here: what was
     * offered so far is history, and is not sent.
     *
     * @return what is to be stored
     */
    synchronized List<Delivery> caughtUp(Instant now) {
        live = true;
        List<Dated> offered = List.copyOf(latestOffered.values());
        latestOffered.clear();
        if (head != null) {
            offered.forEach(this::offer);
            return List.of();
        }
        List<Delivery> records = new ArrayList<>();
        for (Dated alert : lastQueued.values()) {
            records.add(remember(alert, "KNOWN", "", "", now));
        }
        queue.clear();
        lastQueued.clear();
        records.add(state("ACTIVE", 0, null, null, subscription.daily() == null ? null : now, "", now));
        return records;
    }

    /** Queues a version of an alert, unless it is not wanted or was told or queued already. */
    synchronized void offer(Dated alert) {
        if (!live) {
            latestOffered.put(alert.id(), alert);
        }
        Delivery before = told.get(alert.id());
        Dated queued = lastQueued.get(alert.id());
        int known = queued != null ? queued.alert().getVersion() : before != null ? before.getVersion() : 0;
        boolean knownEnded = queued != null ? queued.isEnded() : before != null && isEnded(before);
        if (alert.alert().getVersion() <= known && !(live && alert.isEnded() && !knownEnded)) {
            return;
        }
        boolean heard = queued != null || (before != null && before.getStatus().equals("DELIVERED"));
        boolean wanted = subscription.filter().matches(jurisdictions, alert.alert())
                && !alert.alert().getStatus().equals("CANCELLED");
        if (heard || wanted) {
            queue.add(alert);
            lastQueued.put(alert.id(), alert);
        }
    }

    private static boolean isEnded(Delivery told) {
        return told.getAlertStatus().equals("CLOSED") || told.getAlertStatus().equals("CANCELLED");
    }

    /** The next message, when it is time for one. An empty one is not to be sent, and is handed back as delivered. */
    synchronized Optional<Message> next(Instant now) {
        if (!live
                || head == null
                || head.getStatus().equals("DISABLED")
                || (head.getNextAttempt() != null && head.getNextAttempt().isAfter(now))) {
            return Optional.empty();
        }
        Daily daily = subscription.daily();
        if (daily == null) {
            return queue.isEmpty() ? Optional.empty() : Optional.of(Message.of(subscription.id(), queue.get(0)));
        }
        Instant until = head.getDigestedUntil();
        if (until != null && !until.isBefore(daily.latest(now))) {
            return Optional.empty();
        }
        return Optional.of(Message.digest(
                subscription.id(), digest().stream().limit(MOST_IN_DIGEST).toList()));
    }

    /** Each alert as it stands; one that came and was taken back since the last digest is none. */
    private Collection<Dated> digest() {
        Map<String, Dated> latest = new LinkedHashMap<>();
        queue.forEach(alert -> latest.put(alert.id(), alert));
        latest.values()
                .removeIf(alert -> alert.alert().getStatus().equals("CANCELLED") && !told.containsKey(alert.id()));
        return latest.values();
    }

    /** Takes over how an attempt ended; gives what is to be stored before the next. */
    synchronized List<Delivery> after(Message message, Outcome outcome, Instant now) {
        return switch (outcome.kind()) {
            case DELIVERED -> {
                passedOver = 0;
                yield done(message, "DELIVERED", "", now);
            }
            case FAILED -> List.of(failed(outcome, now));
            case REFUSED -> refused(message, outcome, now);
            case GONE -> List.of(disabled(outcome.detail(), now));
        };
    }

    private List<Delivery> refused(Message message, Outcome outcome, Instant now) {
        if (failures() + 1 < MOST_REFUSALS) {
            return List.of(failed(outcome, now));
        }
        if (passedOver == MOST_PASSED_OVER) {
            return List.of(disabled("takes none of several alerts: " + outcome.detail(), now));
        }
        passedOver++;
        return done(message, "REFUSED", outcome.detail(), now);
    }

    private List<Delivery> done(Message message, String status, String detail, Instant now) {
        List<Delivery> records = new ArrayList<>();
        for (Dated alert : message.alerts()) {
            records.add(remember(alert, status, message.id(), detail, now));
            unqueue(alert);
        }
        Daily daily = subscription.daily();
        if (daily == null) {
            if (failures() > 0) {
                records.add(state("ACTIVE", 0, null, null, null, "", now));
            }
        } else {
            boolean whole = digest().isEmpty() || message.alerts().size() < MOST_IN_DIGEST;
            if (whole) {
                queue.clear();
                lastQueued.clear();
            }
            Instant until = whole ? daily.latest(now) : head == null ? null : head.getDigestedUntil();
            records.add(state("ACTIVE", 0, null, null, until, "", now));
        }
        return records;
    }

    /** Takes an alert's versions up to this one out of the queue. */
    private void unqueue(Dated alert) {
        int index = 0;
        while (!queue.get(index).isSameAs(alert)) {
            index++;
        }
        queue.subList(0, index + 1).removeIf(each -> each.id().equals(alert.id()));
        lastQueued.computeIfPresent(alert.id(), (id, last) -> last.isSameAs(alert) ? null : last);
    }

    private Delivery failed(Outcome outcome, Instant now) {
        int failures = failures() + 1;
        Instant since = head == null || head.getFailingSince() == null ? now : head.getFailingSince();
        Optional<Duration> wait = schedule.after(failures, outcome.asked(), random);
        return wait.isEmpty()
                ? disabled("failed " + failures + " times since " + since + ": " + outcome.detail(), now)
                : state("RETRYING", failures, since, now.plus(wait.get()), digestedUntil(), outcome.detail(), now);
    }

    private Delivery disabled(String why, Instant now) {
        Instant since = head == null ? null : head.getFailingSince();
        return state("DISABLED", failures() + 1, since, null, digestedUntil(), why, now);
    }

    /** Tries again what was given up, as an operator wishes. */
    synchronized void enable(Delivery wish) {
        passedOver = 0;
        head = Delivery.newBuilder(wish).setDigestedUntil(digestedUntil()).build();
    }

    private int failures() {
        return head == null ? 0 : head.getFailures();
    }

    private @Nullable Instant digestedUntil() {
        return head == null ? null : head.getDigestedUntil();
    }

    private Delivery remember(Dated alert, String status, String messageId, String detail, Instant now) {
        Delivery record = Delivery.newBuilder()
                .setSubscriptionId(subscription.id())
                .setAlertId(alert.id())
                .setStatus(status)
                .setAt(now)
                .setVersion(alert.alert().getVersion())
                .setAlertStatus(alert.alert().getStatus())
                .setMessageId(messageId)
                .setDetail(detail)
                .build();
        told.put(alert.id(), record);
        return record;
    }

    private Delivery state(
            String status,
            int failures,
            @Nullable Instant failingSince,
            @Nullable Instant nextAttempt,
            @Nullable Instant digestedUntil,
            String detail,
            Instant now) {
        Delivery state = Delivery.newBuilder()
                .setSubscriptionId(subscription.id())
                .setStatus(status)
                .setAt(now)
                .setFailures(failures)
                .setFailingSince(failingSince)
                .setNextAttempt(nextAttempt)
                .setDigestedUntil(digestedUntil)
                .setDetail(detail)
                .build();
        head = state;
        return state;
    }

    /** Versions that are to be told yet. */
    synchronized int pending() {
        return queue.size();
    }

    /** How the receiver is doing: ACTIVE, RETRYING or DISABLED. */
    synchronized String status() {
        String status = head == null ? "ACTIVE" : head.getStatus();
        return status.equals("ENABLED") ? "ACTIVE" : status;
    }
}
