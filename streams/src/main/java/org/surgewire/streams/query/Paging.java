package org.surgewire.streams.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Which page of a list is wanted. A cursor names the last item of the page before, and where it stood: when it has moved
 * since, the page goes on behind it, and when it is gone, where it was.
 *
 * @param limit most items of the page
 * @param position how many items came before; 0 for the first page
 * @param lastId id of the last of them; empty for the first page
 */
public record Paging(int limit, int position, String lastId) {
    /** The first page. */
    public static Paging first(int limit) {
        return new Paging(limit, 0, "");
    }

    /**
     * The page that a cursor stands for.
     *
     * @throws IllegalArgumentException when it is no cursor
     */
    public static Paging after(String cursor, int limit) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        int bar = text.indexOf('|');
        int position = Integer.parseInt(bar < 0 ? "" : text.substring(0, bar));
        if (position < 1) {
            throw new IllegalArgumentException("a cursor follows an item");
        }
        return new Paging(limit, position, text.substring(bar + 1));
    }

    /** Cuts the page out of the whole list and makes its items ready to be shown. */
    <T, R> Page<R> of(List<T> all, Function<T, String> id, Function<T, R> shown) {
        int start = Math.min(start(all, id), all.size());
        int end = (int) Math.min((long) start + limit, all.size());
        String next = end == all.size() ? null : cursor(end, id.apply(all.get(end - 1)));
        return new Page<>(
                all.size(), next, all.subList(start, end).stream().map(shown).toList());
    }

    private <T> int start(List<T> all, Function<T, String> id) {
        if (position == 0
                || (position <= all.size() && id.apply(all.get(position - 1)).equals(lastId))) {
            return position;
        }
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(lastId)) {
                return i + 1;
            }
        }
        return position - 1;
    }

    /** The cursor of the page behind an item. */
    static String cursor(int position, String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position + "|" + id).getBytes(StandardCharsets.UTF_8));
    }
}
