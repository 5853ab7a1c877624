package org.surgewire.ingest.extract;

/** Takes names, ages and home towns of persons out of texts that leave the pipeline beside the facts. */
public final class Redaction {
    private Redaction() {}

    /**
     * A title without names of persons: every capitalised word that is no known place, operation, acronym or common word
     * is replaced by {@code […]}. Any text is accepted.
     */
    public static String title(String title) {
        return Extractor.bundled().redacted(title);
    }
}
