package org.surgewire.streams.instances;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way from one instance to another: key and value, each with its length before it, and -1 at the end, so
 * that what breaks off is told from what is whole.
 */
final class Rows {
    private static final int END = -1;

    private Rows() {}

    static <V> void write(String store, Serde<V> serde, Iterator<KeyValue<String, V>> rows, OutputStream to)
            throws IOException {
        var out = new DataOutputStream(to);
        while (rows.hasNext()) {
            KeyValue<String, V> row = rows.next();
            bytes(out, row.key.getBytes(StandardCharsets.UTF_8));
            bytes(out, serde.serializer().serialize(store, row.value));
        }
        out.writeInt(END);
        out.flush();
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** The rows as they arrive. Fails as a store that has moved does, when they break off. */
    static <V> KeyValueIterator<String, V> read(String store, Serde<V> serde, InputStream from) {
        return new Arriving<>(store, serde, new DataInputStream(new BufferedInputStream(from)));
    }

    private static final class Arriving<V> implements KeyValueIterator<String, V> {
        private final String store;
        private final Serde<V> serde;
        private final DataInputStream in;
        private @Nullable KeyValue<String, V> next;
        private boolean ended;

        Arriving(String store, Serde<V> serde, DataInputStream in) {
            this.store = store;
            this.serde = serde;
            this.in = in;
        }

        private @Nullable KeyValue<String, V> ahead() {
            if (next == null && !ended) {
                try {
                    int length = in.readInt();
                    if (length == END) {
                        ended = true;
                    } else {
                        byte[] key = new byte[length];
                        in.readFully(key);
                        byte[] value = new byte[in.readInt()];
                        in.readFully(value);
                        next = KeyValue.pair(
                                new String(key, StandardCharsets.UTF_8),
                                serde.deserializer().deserialize(store, value));
                    }
                } catch (IOException | RuntimeException e) {
                    throw new InvalidStateStoreException("rows of " + store + " broke off", e);
                }
            }
            return next;
        }

        @Override
        public boolean hasNext() {
            return ahead() != null;
        }

        @Override
        public KeyValue<String, V> next() {
            KeyValue<String, V> row = ahead();
            if (row == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return row;
        }

        @Override
        public String peekNextKey() {
            KeyValue<String, V> row = ahead();
            if (row == null) {
                throw new NoSuchElementException();
            }
            return row.key;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                // It was read as far as anybody wanted.
            }
        }
    }
}
