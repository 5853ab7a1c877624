package org.surgewire.streams.deliveries;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.Delivery;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.deliveries.Subscription.Mail;
import org.surgewire.streams.deliveries.Subscription.Webhook;

/**
 * Sends alerts to subscribers, each at its own pace: one that does not answer holds up no other.
 *
 * <p>A subscription belongs to a partition of the deliveries' topic, and is served by the instance that the group assigns
 * that partition to. How far it has got is stored in the topic after its receiver took a message and before it is sent
 * another. A process that dies in between sends that message again, under the same id; nothing else is ever repeated, and
 * nothing is lost: whoever takes over reads what was told, then all alerts, and sends what is missing.
 */
public final class Deliveries implements MeterBinder, AutoCloseable {
    /** Consumer group of all instances that deliver. */
    public static final String GROUP = "surgewire-deliveries";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration HANDOVER = Duration.ofSeconds(20);
    private static final long RETRY_MILLIS = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Cluster cluster;
    private final Topics topics;
    private final Jurisdictions jurisdictions;
    private final List<Subscription> subscriptions;
    private final RetrySchedule schedule;
    private final InstantSource now = InstantSource.system();
    private final Random random = new Random();
    private final Map<Class<?>, Sender> senders = new HashMap<>();
    private final Map<String, Tally> tallies = new HashMap<>();
    private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> underWay = new HashMap<>();
    private final Set<TopicPartition> mine = new HashSet<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> daemon(task, "surgewire-delivery"));
    private @Nullable Thread thread;
    private @Nullable Run run;

    private static final class Tally {
        final LongAdder delivered = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder refused = new LongAdder();
    }

    private Deliveries(
            Cluster cluster,
            Topics topics,
            Jurisdictions jurisdictions,
            Subscriptions subscriptions,
            RetrySchedule schedule) {
        this.cluster = cluster;
        this.topics = topics;
        this.jurisdictions = jurisdictions;
        this.subscriptions = subscriptions.all();
        this.schedule = schedule;
        this.subscriptions.forEach(each -> tallies.put(each.id(), new Tally()));
        senders.put(Webhook.class, new WebhookSender(this.subscriptions, jurisdictions, now, ATTEMPT));
        MailServer mail = subscriptions.mail();
        if (mail != null) {
            senders.put(Mail.class, new MailSender(mail, jurisdictions, now));
        }
    }

    /** As {@link #start(Cluster, Topics, Jurisdictions, Subscriptions, RetrySchedule)}, with the usual schedule. */
    public static Deliveries start(
            Cluster cluster, Topics topics, Jurisdictions jurisdictions, Subscriptions subscriptions) {
        return start(cluster, topics, jurisdictions, subscriptions, RetrySchedule.usual());
    }

    /** Starts to deliver; the topics must exist. Without a subscription nothing is started. Returns at once. */
    public static Deliveries start(
            Cluster cluster,
            Topics topics,
            Jurisdictions jurisdictions,
            Subscriptions subscriptions,
            RetrySchedule schedule) {
        var deliveries = new Deliveries(cluster, topics, jurisdictions, subscriptions, schedule);
        if (subscriptions.all().isEmpty()) {
            deliveries.ready.countDown();
        } else {
            var run = deliveries.new Run();
            deliveries.run = run;
            deliveries.thread = daemon(run, "surgewire-deliveries");
            deliveries.thread.start();
        }
        return deliveries;
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Partition of the deliveries' topic that a subscription belongs to; all its records are there. */
    public static int partitionOf(String subscriptionId, int partitions) {
        return Math.floorMod(subscriptionId.hashCode(), partitions);
    }

    /** Waits until alerts that are raised from now on are delivered; false when that takes longer. */
    public boolean awaitReady(Duration longest) throws InterruptedException {
        return ready.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Subscriptions served here that are sent nothing any more until an operator enables them. */
    public List<String> disabled() {
        return outboxes.values().stream()
                .filter(each -> each.status().equals("DISABLED"))
                .map(each -> each.subscription().id())
                .sorted()
                .toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Subscription subscription : subscriptions) {
            String id = subscription.id();
            Tally tally = tallies.get(id);
            if (tally != null) {
                count(registry, id, "delivered", tally.delivered);
                count(registry, id, "failed", tally.failed);
                count(registry, id, "refused", tally.refused);
            }
            Tags tags = Tags.of("subscription", id);
            Gauge.builder("surgewire.deliveries.pending", this, each -> each.pending(id))
                    .tags(tags)
                    .description("Versions of alerts that are to be sent yet; 0 where another instance sends them")
                    .register(registry);
            Gauge.builder("surgewire.deliveries.retrying", this, each -> each.is(id, "RETRYING"))
                    .tags(tags)
                    .description("1 where the latest attempt failed and another will be made")
                    .register(registry);
            Gauge.builder("surgewire.deliveries.disabled", this, each -> each.is(id, "DISABLED"))
                    .tags(tags)
                    .description("1 where nothing is sent until an operator enables it")
                    .register(registry);
        }
    }

    private static void count(MeterRegistry registry, String id, String outcome, LongAdder count) {
        FunctionCounter.builder("surgewire.deliveries", count, LongAdder::sum)
                .tags(Tags.of("subscription", id, "outcome", outcome))
                .description("Attempts of this process to deliver, by how they ended")
                .register(registry);
    }

    private double pending(String id) {
        Outbox outbox = outboxes.get(id);
        return outbox == null ? 0 : outbox.pending();
    }

    private double is(String id, String status) {
        Outbox outbox = outboxes.get(id);
        return outbox != null && outbox.status().equals(status) ? 1 : 0;
    }

    /** Ends; waits at most 20 seconds for messages under way. */
    @Override
    public void close() {
        closed.countDown();
        if (run != null && thread != null) {
            run.group.wakeup();
            try {
                thread.join(HANDOVER.toMillis() + RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        workers.shutdownNow();
        senders.values().forEach(Sender::close);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Everything that one thread does: it alone talks to the consumers. */
    private final class Run implements Runnable, ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> group;
        private final KafkaConsumer<String, byte[]> alerts;
        private final KafkaProducer<String, Delivery> producer;
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private int partitions;
        private boolean assigned;
        private boolean changed;
        private boolean catchingUp;

        Run() {
            Map<String, Object> settings = cluster.client();
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
            alerts = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
            group = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            Map<String, Object> writing = cluster.client();
            writing.put(ProducerConfig.ACKS_CONFIG, "all");
            writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            producer = new KafkaProducer<>(
                    writing, new StringSerializer(), topics.deliveries().serde().serializer());
        }

        @Override
        public void run() {
            try (alerts;
                    producer) {
                // Closed first: what this instance was doing must be stored before another takes over.
                try (group) {
                    group.subscribe(List.of(topics.deliveries().name()), this);
                    while (!isClosed()) {
                        try {
                            step();
                        } catch (WakeupException e) {
                            LOG.debug("told to stop");
                        } catch (KafkaException e) {
                            LOG.warn("deliveries wait: {}; trying again", e.getMessage());
                            boolean unused = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                        }
                    }
                    awaitUnderWay(underWay.keySet());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("deliveries end", e);
            }
        }

        private void step() {
            for (ConsumerRecord<String, byte[]> record : group.poll(catchingUp ? Duration.ZERO : POLL)) {
                Delivery wish = value(topics.deliveries().serde(), record);
                Outbox outbox = wish == null ? null : outboxes.get(wish.getSubscriptionId());
                if (wish != null && outbox != null && wish.getStatus().equals("ENABLED")) {
                    outbox.enable(wish);
                }
            }
            if (changed) {
                takeOver();
                changed = false;
            }
            for (ConsumerRecord<String, byte[]> record : readAlerts()) {
                Alert alert = value(topics.alerts().serde(), record);
                if (alert != null) {
                    var dated = new Dated(alert, Instant.ofEpochMilli(record.timestamp()));
                    outboxes.values().forEach(outbox -> outbox.offer(dated));
                }
            }
            if (catchingUp
                    && ends.entrySet().stream().allMatch(end -> alerts.position(end.getKey()) >= end.getValue())) {
                for (Outbox outbox : outboxes.values()) {
                    store(outbox.caughtUp(instant()));
                }
                catchingUp = false;
            }
            if (assigned && !catchingUp && !changed) {
                ready.countDown();
            }
            dispatch();
        }

        private Iterable<ConsumerRecord<String, byte[]>> readAlerts() {
            return alerts.assignment().isEmpty() ? List.of() : alerts.poll(catchingUp ? POLL : Duration.ZERO);
        }

        /** Reads what the subscriptions of new partitions were told, and begins to read all alerts. */
        private void takeOver() {
            partitions = group.partitionsFor(topics.deliveries().name()).size();
            Map<String, Outbox> gained = new HashMap<>();
            for (Subscription subscription : subscriptions) {
                var partition =
                        new TopicPartition(topics.deliveries().name(), partitionOf(subscription.id(), partitions));
                if (mine.contains(partition) && !outboxes.containsKey(subscription.id())) {
                    gained.put(subscription.id(), new Outbox(subscription, jurisdictions, schedule, random));
                }
            }
            if (gained.isEmpty()) {
                return;
            }
            new TopicReader(cluster).read(topics.deliveries(), (key, record) -> {
                Outbox outbox = record == null ? null : gained.get(record.getSubscriptionId());
                if (outbox != null) {
                    outbox.recall(record);
                }
            });
            List<TopicPartition> all = alerts.partitionsFor(topics.alerts().name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            alerts.assign(all);
            alerts.seekToBeginning(all);
            ends.clear();
            ends.putAll(alerts.endOffsets(all));
            outboxes.putAll(gained);
            outboxes.values().forEach(Outbox::catchUp);
            catchingUp = true;
        }

        private void dispatch() {
            underWay.values().removeIf(Future::isDone);
            for (Outbox outbox : outboxes.values()) {
                String id = outbox.subscription().id();
                if (!underWay.containsKey(id) && outbox.next(instant()).isPresent()) {
                    underWay.put(id, workers.submit(() -> deliver(outbox)));
                }
            }
        }

        /** Sends what there is, one message after the other. */
        private void deliver(Outbox outbox) {
            String id = outbox.subscription().id();
            try {
                Optional<Message> next = outbox.next(instant());
                while (next.isPresent() && !isClosed() && outboxes.get(id) == outbox) {
                    Message message = next.get();
                    Outcome outcome = message.alerts().isEmpty() ? Outcome.delivered() : send(outbox, message);
                    List<Delivery> records = outbox.after(message, outcome, instant());
                    records.stream()
                            .filter(each -> each.getStatus().equals("DISABLED"))
                            .forEach(each -> LOG.error("subscription {} is disabled: {}", id, each.getDetail()));
                    store(records);
                    next = outbox.next(instant());
                }
            } catch (RuntimeException e) {
                if (!isClosed()) {
                    LOG.error("subscription {}", id, e);
                }
            }
        }

        private Outcome send(Outbox outbox, Message message) {
            Subscription to = outbox.subscription();
            Sender sender = senders.get(to.target().getClass());
            if (sender == null) {
                throw new IllegalStateException("nothing sends to " + to.target());
            }
            Outcome outcome = sender.send(to, message);
            Tally tally = tallies.get(to.id());
            if (tally != null) {
                switch (outcome.kind()) {
                    case DELIVERED -> tally.delivered.increment();
                    case REFUSED -> tally.refused.increment();
                    default -> tally.failed.increment();
                }
            }
            if (outcome.kind() != Outcome.Kind.DELIVERED) {
                LOG.warn("subscription {}: {} was not delivered: {}", to.id(), message.id(), outcome.detail());
            }
            return outcome;
        }

        /** Returns once the records are safe; tries until they are. */
        private void store(List<Delivery> records) {
            while (true) {
                try {
                    List<Future<RecordMetadata>> sent = new ArrayList<>();
                    for (Delivery record : records) {
                        sent.add(producer.send(record(record)));
                    }
                    for (Future<RecordMetadata> each : sent) {
                        each.get();
                    }
                    return;
                } catch (ExecutionException | KafkaException e) {
                    LOG.warn("a delivery cannot be recorded: {}; trying again", e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while a delivery was recorded", e);
                }
                if (isClosed()) {
                    throw new IllegalStateException("closed before a delivery was recorded");
                }
                pause();
            }
        }

        private ProducerRecord<String, Delivery> record(Delivery record) {
            return new ProducerRecord<>(
                    topics.deliveries().name(),
                    partitionOf(record.getSubscriptionId(), partitions),
                    key(record),
                    record);
        }

        private void pause() {
            try {
                boolean unused = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the broker", e);
            }
        }

        private <V> @Nullable V value(Serde<V> serde, ConsumerRecord<String, byte[]> record) {
            try {
                return serde.deserializer().deserialize(record.topic(), record.value());
            } catch (KafkaException e) {
                LOG.warn("{} offset {}: {}; passed over", record.topic(), record.offset(), e.getMessage());
                return null;
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> gained) {
            mine.addAll(gained);
            group.seekToEnd(gained);
            // Now, and not at the next poll: what is written after this is seen.
            gained.forEach(group::position);
            assigned = true;
            changed = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> lost) {
            mine.removeAll(lost);
            Set<String> gone = new HashSet<>();
            for (String id : outboxes.keySet()) {
                if (lost.contains(new TopicPartition(topics.deliveries().name(), partitionOf(id, partitions)))) {
                    gone.add(id);
                }
            }
            outboxes.keySet().removeAll(gone);
            awaitUnderWay(gone);
        }

        private void awaitUnderWay(Collection<String> ids) {
            long deadline = System.nanoTime() + HANDOVER.toNanos();
            for (String id : List.copyOf(ids)) {
                Future<?> attempt = underWay.get(id);
                try {
                    if (attempt != null) {
                        attempt.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    }
                } catch (TimeoutException | ExecutionException e) {
                    LOG.warn("subscription {}: handed over before its message came to an end", id);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private Instant instant() {
        return now.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Key of a record in the topic. */
    private static String key(Delivery record) {
        String alert = record.getAlertId();
        return alert == null ? record.getSubscriptionId() : record.getSubscriptionId() + "/" + alert;
    }

    /** What an operator writes to have a subscription tried again that was disabled. */
    public static ProducerRecord<String, Delivery> enabling(
            Topics topics, String subscriptionId, int partitions, Instant at) {
        Delivery wish = Delivery.newBuilder()
                .setSubscriptionId(subscriptionId)
                .setStatus("ENABLED")
                .setAt(at)
                .build();
        return new ProducerRecord<>(
                topics.deliveries().name(), partitionOf(subscriptionId, partitions), key(wish), wish);
    }
}
