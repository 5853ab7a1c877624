package org.surgewire.ingest.extract;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.text.Document;

/**
 * Everything read from one announcement, before it becomes facts.
 *
 * @param total the release's own total; null when it states none
 * @param about places of a release without arrests of its own, see {@link PlaceReader#about()}
 * @param cumulative whether the total runs on
 */
record Reading(
        Document document,
        List<OperationReader.Mention> names,
        List<PlaceMention> places,
        List<DateMention> dates,
        List<NumberMention> numbers,
        List<Claim> claims,
        OperationReader.@Nullable Mention operation,
        @Nullable Claim total,
        Facts.Kind kind,
        Set<String> kindSigns,
        boolean cumulative,
        PeriodReader periodReader,
        PeriodReader.@Nullable Candidate period,
        List<PlaceReader.Row> rows,
        List<PlaceReader.Row> about,
        BreakdownReader.Result breakdown) {}
