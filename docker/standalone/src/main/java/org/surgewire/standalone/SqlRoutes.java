package org.surgewire.standalone;

import io.javalin.config.RoutesConfig;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.standalone.sql.DuckDb;
import org.surgewire.standalone.sql.SqlPage;
import org.surgewire.streams.export.Tables;
import org.surgewire.streams.instances.Instances;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.runtime.StreamsApp;

/** The page to ask in SQL, or why it is not there. */
final class SqlRoutes {
    private SqlRoutes() {}

    /** The page over the stores of an application and all its instances, where DuckDB is there. */
    static Consumer<RoutesConfig> over(StreamsApp streams, Jurisdictions jurisdictions, Shutdown shutdown)
            throws IOException {
        if (!DuckDb.isThere()) {
            return missing("DuckDB is not among the libraries of this program, so there is no SQL here");
        }
        Path copies = Files.createTempDirectory("surgewire-sql-");
        shutdown.closeLater("copies for SQL", () -> Directories.delete(copies));
        return new SqlPage(new Tables(stores(streams), jurisdictions), copies)::addTo;
    }

    private static Stores stores(StreamsApp streams) {
        if (streams.address().isEmpty()) {
            return Stores.of(streams.streams());
        }
        var instances = new Instances(
                streams.streams(),
                streams.address(),
                streams.topics().operations().partitions());
        return new Stores(instances::store, instances::isHere);
    }

    /** Says on the paths of the page why it is not there. */
    static Consumer<RoutesConfig> missing(String why) {
        return routes -> List.of("/sql", "/v1/sql")
                .forEach(path -> routes.get(path, context -> {
                    throw new NotFoundResponse(why);
                }));
    }
}
