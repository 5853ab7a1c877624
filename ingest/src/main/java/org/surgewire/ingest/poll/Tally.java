package org.surgewire.ingest.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.feed.Problem;
import org.surgewire.ingest.text.OneLine;

/** What one reading of a source came to. Filled while it goes on, by one thread. */
public final class Tally {
    /** How a reading ended. */
    public enum Outcome {
        /** The source answered as it should. */
        OK,
        /** It does not want to be read. */
        REFUSED,
        /** It did not answer, or not with what it should. */
        FAILED
    }

    private static final Set<String> IMPLAUSIBLE =
            Set.of("CONSTANT_DATE", "CHANNEL_DATE", "FUTURE_DATE", "EARLY_DATE", "MASS_UPDATED", "REDATED");

    /** So many releases dated anew in one reading are the source's doing and no correction. */
    private static final int MASS_REDATED = 3;

    private final Consumer<String> notes;
    private final List<Duration> latencies = new ArrayList<>();
    private final NavigableSet<LocalDate> days = new TreeSet<>();
    private final Set<String> problems = new TreeSet<>();
    private Outcome outcome = Outcome.OK;
    private @Nullable String detail;
    private @Nullable Instant newest;
    private @Nullable LocalDate oldestListed;
    private boolean anythingKnown;
    private boolean complete = true;
    private boolean gap;
    private boolean notModified;
    private long listed;
    private long published;
    private long unchanged;
    private long partials;
    private long refused;
    private long vanished;
    private long implausible;
    private int redated;

    /** @param notes told of each entry and problem, one line each */
    public Tally(Consumer<String> notes) {
        this.notes = note -> notes.accept(OneLine.of(note));
    }

    void listed(@Nullable LocalDate day) {
        listed++;
        if (day != null) {
            days.add(day);
            oldestListed = oldestListed == null || day.isBefore(oldestListed) ? day : oldestListed;
        }
    }

    void metKnown() {
        anythingKnown = true;
    }

    void asItWas() {
        unchanged++;
    }

    void published(String what, LocalDate day, Instant at, boolean partial, @Nullable Duration latency) {
        published++;
        partials += partial ? 1 : 0;
        days.add(day);
        newest = newest == null || at.isAfter(newest) ? at : newest;
        if (latency != null) {
            latencies.add(latency);
        }
        notes.accept((partial ? "partial  " : "new      ") + day + "  " + what);
    }

    void refused(String code, String detail) {
        refused++;
        note(code, detail);
        notes.accept("refused  " + code + ": " + detail);
    }

    void tooLarge(String url) {
        refused("TOO_LARGE", url + " is larger than the topic takes; raise its max.message.bytes");
    }

    void vanished(String url) {
        vanished++;
        note("VANISHED", url + " is listed and not there");
        notes.accept("vanished " + url);
    }

    /** An entry that could not be read this time. */
    void missed(String code, String detail) {
        complete = false;
        note(code, detail);
        notes.accept("missed   " + code + ": " + detail);
    }

    void gap(String detail) {
        gap = true;
        problem(new Problem("GAP", detail, null), 0);
    }

    /** An entry that says it was published after it had been read. */
    void redated(String detail) {
        redated++;
        problem(new Problem("REDATED", detail, null), 1);
        if (redated == MASS_REDATED) {
            problem(new Problem("MASS_REDATED", redated + " releases and more are dated anew", null), 0);
        }
    }

    /** @param entries entries of the page whose date was taken away for it */
    void problem(Problem problem, long entries) {
        note(problem.code(), problem.detail());
        if (IMPLAUSIBLE.contains(problem.code())) {
            implausible += entries;
        }
        notes.accept("problem  " + problem.code() + ": " + problem.detail());
    }

    void ended(Outcome how, String code, String why) {
        outcome = how;
        complete = false;
        note(code, why);
        notes.accept((how == Outcome.REFUSED ? "REFUSED  " : "FAILED   ") + code + ": " + why);
    }

    void notModified() {
        notModified = true;
        anythingKnown = true;
        notes.accept("the same as at the last reading");
    }

    private void note(String code, String what) {
        problems.add(code);
        detail = OneLine.of(code + ": " + what);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** What went wrong last, one line; null when nothing did. */
    public @Nullable String detail() {
        return detail;
    }

    /** Entries listed. */
    public long listed() {
        return listed;
    }

    /** Revisions published. */
    public long published() {
        return published;
    }

    /** Entries that are as they were. */
    public long unchanged() {
        return unchanged;
    }

    /** Revisions published with no more than a beginning of the text. */
    public long partials() {
        return partials;
    }

    /** Entries that are no release. */
    public long refused() {
        return refused;
    }

    /** Pages that are listed and not there. */
    public long vanished() {
        return vanished;
    }

    /** Whether every listed entry was read, or known, or refused for good. */
    public boolean complete() {
        return complete;
    }

    long implausible() {
        return implausible;
    }

    boolean hasGap() {
        return gap;
    }

    boolean wasNotModified() {
        return notModified;
    }

    boolean anythingKnown() {
        return anythingKnown;
    }

    @Nullable
    Instant newest() {
        return newest;
    }

    @Nullable
    LocalDate oldestListed() {
        return oldestListed;
    }

    NavigableSet<LocalDate> days() {
        return days;
    }

    Set<String> problems() {
        return problems;
    }

    /** Median; null when nothing recent was published. */
    @Nullable
    Duration latency() {
        return latencies.isEmpty() ? null : latencies.stream().sorted().toList().get(latencies.size() / 2);
    }
}
