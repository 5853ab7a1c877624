package org.surgewire.ingest.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** JSON Lines of March to November 2020, in the order of publication; the README beside the file says what is real. */
public final class Sample {
    /** Its name, for messages. */
    public static final String NAME = "autumn-2020.jsonl";

    private Sample() {}

    /** The sample from its beginning. */
    public static InputStream open() throws IOException {
        InputStream in = Sample.class.getResourceAsStream(NAME);
        if (in == null) {
            throw new FileNotFoundException("the sample " + NAME + " is missing from the jar");
        }
        return in;
    }
}
