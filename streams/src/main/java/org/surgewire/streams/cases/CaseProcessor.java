package org.surgewire.streams.cases;

import java.time.LocalDate;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;

/** Keeps the latest revision of each announcement and the case made from it; forwards a case only when it changed. */
final class CaseProcessor implements Processor<String, ArrestAnnouncement, String, CaseChange> {
    private final CaseResolution resolution;
    private final Clock clock;
    private ProcessorContext<String, CaseChange> context;
    private KeyValueStore<String, ArrestAnnouncement> announcements;
    private KeyValueStore<String, Case> cases;
    private KeyValueStore<String, DayReached> days;

    CaseProcessor(CaseResolution resolution, Clock clock) {
        this.resolution = resolution;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, CaseChange> given) {
        context = given;
        announcements = given.getStateStore(CaseNames.ANNOUNCEMENTS);
        cases = given.getStateStore(CaseNames.CASES);
        days = given.getStateStore(CaseNames.CLOCK);
        if (clock instanceof Clock.OfTheWall wall) {
            given.schedule(wall.interval(), PunctuationType.WALL_CLOCK_TIME, now -> tick(wall.today(), now));
        }
    }

    @Override
    public void process(Record<String, ArrestAnnouncement> record) {
        ArrestAnnouncement announcement = record.value();
        ArrestAnnouncement known = announcements.get(announcement.getReleaseId());
        if (known != null && known.getRevision() >= announcement.getRevision()) {
            return;
        }
        announcements.put(announcement.getReleaseId(), announcement);

        DayReached before = days.get(CaseNames.CLOCK_KEY);
        DayReached after = including(before, announcement.getPublishedDay());
        boolean moved = !after.equals(before);
        if (moved) {
            days.put(CaseNames.CLOCK_KEY, after);
        }
        String caseId = announcement.getReleaseId();
        Case was = cases.get(caseId);
        Case is = resolution.resolve(caseId, announcement);
        cases.put(caseId, is);
        context.forward(new Record<>(
                caseId, new CaseChange(was, is, after.getFirstDay(), after.getLastDay(), moved), record.timestamp()));
    }

    private void tick(LocalDate today, long now) {
        DayReached before = days.get(CaseNames.CLOCK_KEY);
        if (before == null || !before.getLastDay().isBefore(today)) {
            return;
        }
        DayReached after = including(before, today);
        days.put(CaseNames.CLOCK_KEY, after);
        context.forward(
                new Record<>("", new CaseChange(null, null, after.getFirstDay(), after.getLastDay(), true), now));
    }

    private static DayReached including(@Nullable DayReached span, LocalDate day) {
        if (span == null) {
            return new DayReached(day, day);
        }
        return new DayReached(
                day.isBefore(span.getFirstDay()) ? day : span.getFirstDay(),
                day.isAfter(span.getLastDay()) ? day : span.getLastDay());
    }
}
