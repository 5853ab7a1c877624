package org.surgewire.ingest.feed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The press release API of the Department of Justice: an envelope with {@code metadata.responseInfo.status} and
 * {@code metadata.resultset}, and {@code results}. Dates come as numbers, as strings and as {@code <time>} elements.
 * Pages are numbered from 0.
 */
final class DojApi {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern PAGE = Pattern.compile("([?&])page=\\d+");

    private DojApi() {}

    static Page read(Body body, ZoneId zone, List<Problem> problems) throws FeedException {
        PageGuard.json(body.text());
        JsonNode answer;
        try {
            answer = JSON.readTree(body.text());
        } catch (JsonProcessingException e) {
            // What breaks a limit of the parser, of depth or length, has no place.
            JsonLocation at = e.getLocation();
            throw new FeedException(
                    "NOT_JSON",
                    "not JSON"
                            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
        int status = answer.path("metadata").path("responseInfo").path("status").asInt(200);
        JsonNode results = answer.path("results");
        if (status != 200 || !results.isArray()) {
            throw new FeedException(
                    "ERROR_PAGE",
                    "the API answered with status " + status + (results.isArray() ? "" : " and without results"));
        }
        List<Item> items = new ArrayList<>();
        for (JsonNode result : results) {
            Item item = item(result, body, zone);
            if (item == null) {
                problems.add(new Problem("NO_LINK", "a result has no url", result.toString()));
            } else {
                items.add(item);
            }
        }
        JsonNode set = answer.path("metadata").path("resultset");
        long entries = number(set.path("count"));
        long size = number(set.path("pagesize"));
        long page = number(set.path("page"));
        // The page size asked for is clamped without a word: only the answer's own counts.
        boolean last = items.isEmpty() || (entries >= 0 && size > 0 && (page + 1) * size >= entries);
        return new Page(
                items,
                problems,
                last ? null : page(body.url(), Math.max(0, page) + 1),
                page > 0 ? page(body.url(), page - 1) : null,
                entries > 0 && size > 0 ? page(body.url(), (entries - 1) / size) : null,
                entries);
    }

    /** The address of a page, from 0. */
    static String page(String url, long page) {
        Matcher matcher = PAGE.matcher(url);
        return matcher.find()
                ? matcher.replaceFirst("$1page=" + page)
                : url + (url.contains("?") ? "&" : "?") + "page=" + page;
    }

    private static @Nullable Item item(JsonNode result, Body body, ZoneId zone) {
        String url = body.resolve(text(result, "url"));
        if (url == null) {
            return null;
        }
        Dated date = Dates.find(text(result, "date"), zone);
        Dated created = Dates.find(text(result, "created"), zone);
        Dated changed = Dates.find(text(result, "changed"), zone);
        String full = HtmlText.of(text(result, "body"));
        String uuid = text(result, "uuid");
        String version = text(result, "vuuid");
        return new Item(
                url,
                uuid.isEmpty() ? null : uuid,
                version.isEmpty() ? null : version,
                null,
                HtmlText.line(text(result, "title")),
                full.isEmpty() ? HtmlText.of(text(result, "teaser")) : full,
                date == null ? created : date,
                changed == null ? null : changed.at(),
                full.isEmpty(),
                false);
    }

    private static String text(JsonNode result, String field) {
        return result.path(field).asText("").strip();
    }

    private static long number(JsonNode value) {
        return value.asLong(-1);
    }
}
