package org.surgewire.streams.export;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table and its rows. The rows are read while they are written, so no table is held in memory; what changes meanwhile
 * may be in one table and not in another.
 *
 * @param about what a row is, for the codebook
 */
public record Table(String name, String about, List<Column> columns, @JsonIgnore Rows rows) {

    /** Hands over every row, in the order of a key. */
    public interface Rows {
        void to(Sink sink) throws IOException;
    }

    /** Takes rows. */
    public interface Sink {
        /** Takes a row: as many values as there are columns, in their order: String, Number, LocalDate, Instant, Boolean, List. */
        void row(@Nullable Object... values) throws IOException;
    }
}
