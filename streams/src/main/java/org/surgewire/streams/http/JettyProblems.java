package org.surgewire.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem documents for requests that are refused before any route sees them: broken addresses, headers too large. */
final class JettyProblems extends ErrorHandler {
    private final ObjectMapper mapper;
    private final Map<String, String> headers;

    JettyProblems(ObjectMapper mapper, Map<String, String> headers) {
        this.mapper = mapper;
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        int status = response.getStatus();
        var problem =
                Problem.of(status, "the request cannot be understood; check its address and headers", "", List.of());
        headers.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(mapper.writeValueAsBytes(problem)), callback);
        return true;
    }
}
