package org.surgewire.streams.stores;

import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.surgewire.schemas.serde.StateSerde;

/**
 * Makes the key-value stores of all features: string keys, Avro values that need no registry, a changelog that is
 * compacted and never deleted by time, so that the state of a replay of old event times survives a crash.
 */
public final class StateStores {
    /** A segment is compacted once the next is begun: smaller ones leave less to read at a restart. */
    private static final Map<String, String> CHANGELOG = Map.of("segment.bytes", Integer.toString(64 << 20));

    private final Function<String, KeyValueBytesStoreSupplier> supplier;

    private StateStores(Function<String, KeyValueBytesStoreSupplier> supplier) {
        this.supplier = supplier;
    }

    /** Stores in RocksDB, on disk. */
    public static StateStores persistent() {
        return new StateStores(Stores::persistentKeyValueStore);
    }

    /** Stores on the heap, restored from their changelog at every start. */
    public static StateStores inMemory() {
        return new StateStores(Stores::inMemoryKeyValueStore);
    }

    /** Adds a store of records to a builder. */
    public <V extends SpecificRecord> void add(StreamsBuilder builder, String name, Class<V> type) {
        builder.addStateStore(store(name, new StateSerde<>(type)));
    }

    /** As {@link #add}, for rows that are written again and again: their changelog gets the last state of each commit. */
    public <V extends SpecificRecord> void addRewritten(StreamsBuilder builder, String name, Class<V> type) {
        builder.addStateStore(store(name, new StateSerde<>(type)).withCachingEnabled());
    }

    /** Adds a store of strings to a builder. */
    public void addStrings(StreamsBuilder builder, String name) {
        builder.addStateStore(store(name, Serdes.String()));
    }

    /** Adds a store of bytes to a builder. */
    public void addBytes(StreamsBuilder builder, String name) {
        builder.addStateStore(store(name, Serdes.ByteArray()));
    }

    private <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(supplier.apply(name), Serdes.String(), values)
                .withLoggingEnabled(CHANGELOG);
    }
}
