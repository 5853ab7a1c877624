package org.surgewire.standalone.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a question came to.
 *
 * @param rows values as JSON has them: text, numbers, truths, lists of texts; everything else as text; null for nothing
 * @param more whether there are more rows than were wanted
 */
public record Answer(List<Field> columns, List<List<@Nullable Object>> rows, boolean more) {
    /**
     * A column of an answer.
     *
     * @param type DuckDB's name of its type
     */
    public record Field(String name, String type) {}
}
