package org.surgewire.streams.http;

import static org.surgewire.streams.http.Parameters.shown;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Table;
import org.surgewire.streams.export.Tables;

/** Whole tables, written while they are read. */
final class Exports {
    private final Tables tables;

    Exports(Tables tables) {
        this.tables = tables;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/exports", this::codebook);
        routes.get("/v1/exports/<id>", this::table);
    }

    private void codebook(Context context) {
        new Parameters(context);
        context.json(new Codebook(tables.all()));
    }

    private void table(Context context) throws IOException {
        var parameters = new Parameters(context, "format");
        Format format = parameters.choice("format", Format.CSV, Arrays.asList(Format.values()), Format::label);
        String name = context.pathParam("id");
        Table table = tables.find(name)
                .orElseThrow(() -> ProblemException.notFound(
                        "no table has the name " + shown(name),
                        tables.all().stream().map(Table::name).toList()));
        send(context, table, format);
    }

    /** Sends the rows as they come. Where they break off, so does the connection. */
    static void send(Context context, Table table, Format format) throws IOException {
        context.contentType(format.mediaType());
        context.header("Content-Disposition", "attachment; filename=\"" + table.name() + "." + format.label() + "\"");
        var out = new Counted(context.outputStream());
        try {
            format.write(table, out);
        } catch (IOException | RuntimeException e) {
            if (out.begun) {
                // An end that looks like an end would make half a table pass for a whole one.
                ServletContextRequest.getServletContextRequest(context.req())
                        .getServletChannel()
                        .abort(e);
            }
            throw e;
        }
    }

    /** Every table with its columns. */
    record Codebook(List<Table> tables) {}

    /** Knows whether anything was written. */
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private boolean begun;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            begun = true;
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            begun = true;
            out.write(octets, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
