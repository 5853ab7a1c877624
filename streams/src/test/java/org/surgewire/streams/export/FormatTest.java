package org.surgewire.streams.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    private static String written(Format format, Object... values) throws IOException {
        List<Column> columns = IntStream.range(0, values.length)
                .mapToObj(i -> new Column("c" + i, Column.Type.TEXT, ""))
                .toList();
        var out = new ByteArrayOutputStream();
        format.write(new Table("t", "", columns, sink -> sink.row(values)), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void csvIsRfc4180WithAHeader() throws IOException {
        assertThat(written(Format.CSV, "a,\"b\"\nc", null, 7L, LocalDate.of(2020, 9, 28), true, List.of("x", "y")))
                .isEqualTo("c0,c1,c2,c3,c4,c5\r\n\"a,\"\"b\"\"\nc\",,7,2020-09-28,true,x|y\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void aTextThatASpreadsheetWouldRunIsDisarmed(String text) throws IOException {
        String line = written(Format.CSV, text).split("\r\n", 2)[1];

        assertThat(line.replace("\"", "")).startsWith("'" + text);
        assertThat(written(Format.CSV, List.of(text)).split("\r\n", 2)[1].replace("\"", ""))
                .startsWith("'" + text);
        assertThat(written(Format.JSONL, text)).doesNotContain("'");
    }

    @Test
    void aNegativeNumberIsNoFormula() throws IOException {
        assertThat(written(Format.CSV, -1.5)).endsWith("\r\n-1.5\r\n");
    }

    @Test
    void jsonLinesAreExact() throws IOException {
        assertThat(written(Format.JSONL, "a\n\"b\"", null, 7L, 0.5, Instant.EPOCH, false, Arrays.asList("x", "=y")))
                .isEqualTo("{\"c0\":\"a\\n\\\"b\\\"\",\"c1\":null,\"c2\":7,\"c3\":0.5,"
                        + "\"c4\":\"1970-01-01T00:00:00Z\",\"c5\":false,\"c6\":[\"x\",\"=y\"]}\n");
    }
}
