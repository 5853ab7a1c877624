package org.surgewire.streams.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.UnknownStateStoreException;
import org.junit.jupiter.api.Test;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.operations.OperationNames;

class RowsTest {
    private static final List<KeyValue<String, String>> ROWS =
            List.of(KeyValue.pair("a", "1"), KeyValue.pair("juana_díaz|2020", ""), KeyValue.pair("", "x".repeat(9999)));

    private static byte[] written(List<KeyValue<String, String>> rows) throws IOException {
        var out = new ByteArrayOutputStream();
        Rows.write("store", Serdes.String(), rows.iterator(), out);
        return out.toByteArray();
    }

    private static List<KeyValue<String, String>> read(byte[] bytes) {
        List<KeyValue<String, String>> rows = new ArrayList<>();
        try (var arriving = Rows.read("store", Serdes.String(), new ByteArrayInputStream(bytes))) {
            arriving.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void rowsArriveAsTheyWere() throws IOException {
        assertThat(read(written(ROWS))).isEqualTo(ROWS);
        assertThat(read(written(List.of()))).isEmpty();
        try (var arriving = Rows.read("store", Serdes.String(), new ByteArrayInputStream(written(ROWS)))) {
            assertThat(arriving.peekNextKey()).isEqualTo("a");
            assertThat(arriving.next().value).isEqualTo("1");
            arriving.next();
            arriving.next();
            assertThatThrownBy(arriving::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void rowsThatBreakOffAnywhereDoNotLookWhole() throws IOException {
        byte[] whole = written(ROWS.subList(0, 2));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(InvalidStateStoreException.class);
        }
    }

    @Test
    void onlyStoresThatAnswersAreMadeFromAreGiven() {
        var stored = new Stored(4);
        assertThat(stored.partitions(OperationNames.OPERATIONS)).isEqualTo(4);
        assertThat(stored.partitions(CountNames.DAILY)).isEqualTo(1);
        assertThatThrownBy(() -> stored.serde("link-index")).isInstanceOf(UnknownStateStoreException.class);
    }
}
