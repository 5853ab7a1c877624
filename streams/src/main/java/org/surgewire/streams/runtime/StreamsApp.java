package org.surgewire.streams.runtime;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.RegistryException;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.stores.StateStores;

/** The running Streams application. */
public final class StreamsApp implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final KafkaStreams streams;
    private final StreamsSettings settings;
    private final Topics topics;
    private final LongAdder parked;
    private final GroupMembershipOperation whenClosed;

    private StreamsApp(
            KafkaStreams streams,
            StreamsSettings settings,
            Topics topics,
            LongAdder parked,
            GroupMembershipOperation whenClosed) {
        this.streams = streams;
        this.settings = settings;
        this.topics = topics;
        this.parked = parked;
        this.whenClosed = whenClosed;
    }

    /** Starts the topology; the topics must exist. Returns at once, see {@link #isReady()}. */
    public static StreamsApp start(
            StreamsSettings settings,
            Topics topics,
            Jurisdictions jurisdictions,
            Clock clock,
            AlertSettings alertSettings) {
        return start(settings, topics, jurisdictions, clock, alertSettings, () -> {});
    }

    /**
     * As {@link #start(StreamsSettings, Topics, Jurisdictions, Clock, AlertSettings)}.
     *
     * @param whenFailed called when it stopped for good; must return at once
     */
    public static StreamsApp start(
            StreamsSettings settings,
            Topics topics,
            Jurisdictions jurisdictions,
            Clock clock,
            AlertSettings alertSettings,
            Runnable whenFailed) {
        Properties properties = settings.toProperties();
        properties.put(ParkPoison.TOPICS, topics);
        var parked = new LongAdder();
        properties.put(ParkPoison.PARKED, parked);
        var topology =
                SurgewireTopology.of(StateStores.persistent(), topics, jurisdictions, clock, alertSettings, properties);
        var streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(StreamsApp::afterFailure);
        streams.setStateListener((now, before) -> {
            if (now == State.ERROR) {
                whenFailed.run();
            }
        });
        streams.start();
        return new StreamsApp(
                streams,
                settings,
                topics,
                parked,
                settings.instanceId().isEmpty()
                        ? GroupMembershipOperation.LEAVE_GROUP
                        : GroupMembershipOperation.REMAIN_IN_GROUP);
    }

    /** A registry that is away comes back; any other failure would only repeat itself. */
    private static StreamThreadExceptionResponse afterFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException away && away.retriable()) {
                LOG.warn("{}; trying again", away.getMessage());
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
        }
        LOG.error("the Streams application stops", failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Whether every store is restored and announcements are being processed. */
    public boolean isReady() {
        return streams.state() == State.RUNNING;
    }

    /** Whether it failed for good. */
    public boolean hasFailed() {
        return streams.state() == State.ERROR || streams.state() == State.PENDING_ERROR;
    }

    /** Records that this instance parked since its start, because they are no announcement. */
    public long parked() {
        return parked.sum();
    }

    /**
     * Records of this instance's partitions that wait: announcements, and what became of them in the topics between its own
     * steps. As of the last that were fetched; the few that are held ready are not among them.
     */
    public long behind() {
        double behind = 0;
        for (Metric metric : streams.metrics().values()) {
            MetricName name = metric.metricName();
            if (name.name().equals("records-lag")
                    && isRead(name.tags().getOrDefault("topic", ""))
                    && metric.metricValue() instanceof Double lag
                    && Double.isFinite(lag)) {
                behind += lag;
            }
        }
        return (long) behind;
    }

    private boolean isRead(String topic) {
        return topic.equals(topics.announcements().name())
                || (topic.startsWith(settings.applicationId()) && topic.endsWith("-repartition"));
    }

    /** For queries and metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /** The cluster that it works on. */
    public Cluster cluster() {
        return new Cluster(settings.bootstrapServers(), settings.clientSettings());
    }

    /** Where other instances reach this one, {@code host:port}; empty where there are none. */
    public String address() {
        return settings.address();
    }

    /** Topics that it reads and writes. */
    public Topics topics() {
        return topics;
    }

    /**
     * Commits; waits at most 30 seconds. An instance without a name leaves the group, so that others take its partitions
     * over at once; one with a name keeps them for its restart.
     */
    @Override
    public void close() {
        if (!streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(whenClosed))) {
            LOG.warn("the Streams application did not close within {} s", CLOSE_TIMEOUT.toSeconds());
        }
    }
}
