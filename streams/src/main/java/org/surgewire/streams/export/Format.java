package org.surgewire.streams.export;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a table is written. */
public enum Format {
    /**
     * RFC 4180 in UTF-8 with a header. Missing values are empty. A text that a spreadsheet would take for a formula
     * (it begins with =, +, -, @, a tab or a carriage return) has an apostrophe before it; lists are joined by bars.
     */
    CSV("text/csv; charset=utf-8; header=present"),

    /** One JSON object a line, exact. Missing values are null. */
    JSONL("application/jsonl");

    private static final JsonFactory JSON = new JsonFactory();

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** As file names and parameters write it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Writes a table, row by row; leaves the stream open. */
    public void write(Table table, OutputStream to) throws IOException {
        if (this == CSV) {
            csv(table, to);
        } else {
            json(table, to);
        }
    }

    private static void csv(Table table, OutputStream to) throws IOException {
        var writer = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        line(writer, table.columns().stream().map(Column::name).toArray());
        table.rows().to(values -> line(writer, values));
        writer.flush();
    }

    private static void line(Writer to, @Nullable Object... values) throws IOException {
        String separator = "";
        for (Object value : values) {
            to.write(separator);
            to.write(cell(value));
            separator = ",";
        }
        to.write("\r\n");
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof String || value instanceof List)) {
            return value.toString();
        }
        String text = value instanceof List<?> list
                ? String.join("|", list.stream().map(String::valueOf).toList())
                : value.toString();
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static void json(Table table, OutputStream to) throws IOException {
        // Without the feature, closing the generator would close the stream.
        try (JsonGenerator json = JSON.createGenerator(to)
                .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
                .configure(StreamWriteFeature.FLUSH_PASSED_TO_STREAM.mappedFeature(), false)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"))) {
            table.rows().to(values -> {
                json.writeStartObject();
                for (int i = 0; i < values.length; i++) {
                    json.writeFieldName(table.columns().get(i).name());
                    value(json, values[i]);
                }
                json.writeEndObject();
            });
        }
        to.write('\n');
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Number number) {
            json.writeNumber(number.toString());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                json.writeString(String.valueOf(each));
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }
}
