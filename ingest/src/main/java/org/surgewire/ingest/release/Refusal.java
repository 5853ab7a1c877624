package org.surgewire.ingest.release;

/**
 * A line that is no release.
 *
 * @param file file it stands in
 * @param line its number, from 1
 * @param cause short code: NOT_JSON, MISSING_FIELD, BAD_FIELD, BAD_DATE, BAD_URL, TOO_LARGE
 * @param detail what is wrong and what to do, one line
 * @param raw the line, at most 64 KiB of it
 */
public record Refusal(String file, long line, String cause, String detail, String raw) {}
