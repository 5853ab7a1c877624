package org.surgewire.streams.instances;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of all instances of the application, as one. Each partition of a store is read at the instance where it is
 * active, over HTTP where that is another. While that one is away or still restoring, a standby that is nearly caught up
 * answers, and {@link #wasStale()} says so; without one, reads fail as those of a store that is being moved.
 */
public final class Instances {
    /** Path of the rows that instances give each other; the name of a store follows. */
    public static final String PATH = "/internal/stores/";

    /** No text of a key comes behind it. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long MOST_BEHIND = 1000;
    private static final int BEHIND_SHARE = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private final KafkaStreams streams;
    private final HostInfo self;
    private final Stored stored;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ThreadLocal<Boolean> stale = ThreadLocal.withInitial(() -> false);

    /**
     * The instances of an application.
     *
     * @param address where the HTTP server of this instance is reached by others, {@code host:port}
     * @param operationPartitions partitions of the stores of operations
     */
    public Instances(KafkaStreams streams, String address, int operationPartitions) {
        this.streams = streams;
        this.self = HostInfo.buildFromEndpoint(address);
        this.stored = new Stored(operationPartitions);
    }

    /**
     * Which rows of a store.
     *
     * @param from first key; null for the first there is
     * @param to last key; null for the last there is
     */
    public record Range(@Nullable String from, @Nullable String to) {}

    /** The store of a name, wherever its partitions are. */
    public ReadOnlyKeyValueStore<String, ?> store(String name) {
        return new Everywhere<>(name);
    }

    /** Whether this instance has the whole store: a row of another's costs a request. */
    public boolean isHere(String name) {
        for (int partition = 0; partition < stored.partitions(name); partition++) {
            if (!holders(name, partition).get(0).host().equals(self)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a read of this thread came from a standby since the last call. */
    public boolean wasStale() {
        boolean was = stale.get();
        stale.remove();
        return was;
    }

    /**
     * Writes rows of a partition that this instance holds.
     *
     * @param fromStandby whether a copy may answer that is nearly caught up
     * @throws InvalidStateStoreException when it does not hold the partition
     */
    public void write(String name, int partition, boolean fromStandby, Range range, OutputStream to)
            throws IOException {
        write(this.<Object>here(name, partition, fromStandby), name, range, to);
    }

    private <V> void write(ReadOnlyKeyValueStore<String, V> store, String name, Range range, OutputStream to)
            throws IOException {
        try (KeyValueIterator<String, V> rows = rows(store, range)) {
            Rows.write(name, stored.serde(name), rows, to);
        }
    }

    private static <V> KeyValueIterator<String, V> rows(ReadOnlyKeyValueStore<String, V> store, Range range) {
        return store.range(range.from(), range.to());
    }

    private <V> ReadOnlyKeyValueStore<String, V> here(String name, int partition, boolean fromStandby) {
        if (fromStandby && !isNearlyCaughtUp(name, partition)) {
            throw new InvalidStateStoreException("the copy of " + name + " is too far behind");
        }
        var wanted = StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition);
        return streams.store(fromStandby ? wanted.enableStaleStores() : wanted);
    }

    /** A copy that is being filled would give numbers that never were. */
    private boolean isNearlyCaughtUp(String name, int partition) {
        try {
            var lags = streams.allLocalStorePartitionLags().get(name);
            LagInfo lag = lags == null ? null : lags.get(partition);
            return lag != null
                    && lag.offsetLag() <= MOST_BEHIND
                    && lag.offsetLag() * BEHIND_SHARE <= lag.endOffsetPosition();
        } catch (StreamsException e) {
            LOG.debug("nobody says how far the copies are", e);
            return false;
        }
    }

    /** A partition of a store, with the instances that have it, those first that should be asked first. */
    private List<Holder> holders(String name, int partition) {
        StreamPartitioner<String, Object> toPartition = new ToPartition(partition);
        KeyQueryMetadata known = streams.queryMetadataForKey(name, "", toPartition);
        List<Holder> holders = new ArrayList<>();
        if (known != null && !known.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            holders.add(new Holder(known.activeHost(), false));
            known.standbyHosts().forEach(host -> holders.add(new Holder(host, true)));
        }
        Holder copyHere = new Holder(self, true);
        if (!holders.contains(copyHere)) {
            holders.add(copyHere);
        }
        return holders;
    }

    private record Holder(HostInfo host, boolean isStandby) {}

    private static final class ToPartition implements StreamPartitioner<String, Object> {
        private final int partition;

        ToPartition(int partition) {
            this.partition = partition;
        }

        @Override
        @SuppressWarnings("removal") // Kafka's interface still asks for the form without headers.
        public Optional<Set<Integer>> partitions(String topic, String key, Object value, int partitions) {
            return Optional.of(Set.of(partition));
        }
    }

    private <V> KeyValueIterator<String, V> read(String name, int partition, Range range) {
        InvalidStateStoreException failure = null;
        for (Holder holder : holders(name, partition)) {
            try {
                KeyValueIterator<String, V> rows = holder.host().equals(self)
                        ? rows(this.<V>here(name, partition, holder.isStandby()), range)
                        : there(holder, name, partition, range);
                if (holder.isStandby()) {
                    stale.set(true);
                }
                return rows;
            } catch (InvalidStateStoreException e) {
                LOG.debug("{} cannot be asked at {}", name, holder, e);
                failure = e;
            }
        }
        throw new InvalidStateStoreException("no instance answers for " + name, failure);
    }

    private <V> KeyValueIterator<String, V> there(Holder at, String name, int partition, Range range) {
        var address = new StringBuilder("http://")
                .append(at.host().host())
                .append(':')
                .append(at.host().port())
                .append(PATH)
                .append(name)
                .append("?partition=")
                .append(partition);
        append(address, "from", range.from());
        append(address, "to", range.to());
        if (at.isStandby()) {
            append(address, "standby", "true");
        }
        try {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(URI.create(address.toString()))
                            .timeout(ANSWER)
                            .build(),
                    BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new InvalidStateStoreException(at.host() + " answers " + response.statusCode());
            }
            return Rows.read(name, stored.serde(name), response.body());
        } catch (IOException e) {
            throw new InvalidStateStoreException(at.host() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidStateStoreException("interrupted", e);
        }
    }

    private static void append(StringBuilder address, String name, @Nullable String value) {
        if (value != null) {
            address.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private final class Everywhere<V> implements ReadOnlyKeyValueStore<String, V> {
        private final String name;

        Everywhere(String name) {
            this.name = name;
        }

        @Override
        public @Nullable V get(String key) {
            int partition = 0;
            if (stored.partitions(name) > 1) {
                KeyQueryMetadata known =
                        streams.queryMetadataForKey(name, key, Serdes.String().serializer());
                if (known == null || known.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                    throw new InvalidStateStoreException(name + " is being moved");
                }
                partition = known.partition();
            }
            try (KeyValueIterator<String, V> rows = read(name, partition, new Range(key, key))) {
                V value = rows.hasNext() ? rows.next().value : null;
                // Read to its end, a connection can be used again.
                return rows.hasNext() ? null : value;
            }
        }

        @Override
        public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
            return new OneAfterAnother<>(name, new Range(from, to));
        }

        @Override
        public KeyValueIterator<String, V> all() {
            return range(null, null);
        }

        @Override
        public <S extends Serializer<P>, P> KeyValueIterator<String, V> prefixScan(P prefix, S serializer) {
            String start = new String(serializer.serialize(name, prefix), StandardCharsets.UTF_8);
            return range(start, start + LAST);
        }

        @Override
        public long approximateNumEntries() {
            throw new UnsupportedOperationException("nobody counts the rows of all instances");
        }
    }

    /** The rows of all partitions; in order within each. */
    private final class OneAfterAnother<V> implements KeyValueIterator<String, V> {
        private final String name;
        private final Range range;
        private final Iterator<Integer> partitions;
        private KeyValueIterator<String, V> rows;

        OneAfterAnother(String name, Range range) {
            this.name = name;
            this.range = range;
            List<Integer> all = new ArrayList<>();
            for (int partition = 0; partition < stored.partitions(name); partition++) {
                all.add(partition);
            }
            partitions = all.iterator();
            rows = read(name, partitions.next(), range);
        }

        private KeyValueIterator<String, V> current() {
            while (!rows.hasNext() && partitions.hasNext()) {
                rows.close();
                rows = read(name, partitions.next(), range);
            }
            return rows;
        }

        @Override
        public boolean hasNext() {
            return current().hasNext();
        }

        @Override
        public KeyValue<String, V> next() {
            return current().next();
        }

        @Override
        public String peekNextKey() {
            return current().peekNextKey();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
