package org.surgewire.ingest.extract;

/**
 * Where a fact was read.
 *
 * @param start offset of the span's first UTF-16 unit in the announcement's text
 * @param end offset behind its last unit
 * @param sentence the clause around it, at most {@value #LONGEST} units, names, ages and home towns of persons replaced
 * @param rule id of the rule that read it
 * @param confidence between 0 and 1
 */
public record Evidence(int start, int end, String sentence, String rule, double confidence) {
    /** Longest sentence that is kept. */
    public static final int LONGEST = 240;
}
