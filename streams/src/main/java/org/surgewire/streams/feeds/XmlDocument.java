package org.surgewire.streams.feeds;

import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes an XML document. Text may hold anything: what XML cannot say is replaced by U+FFFD. */
final class XmlDocument {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final Pattern NO_XML =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    /** Writes elements. */
    interface Content {
        void write() throws XMLStreamException;
    }

    XmlDocument(String root, String namespace, ContentOf content) {
        try {
            writer = FACTORY.createXMLStreamWriter(text);
            writer.writeStartDocument("UTF-8", "1.0");
            writer.writeStartElement(root);
            writer.writeDefaultNamespace(namespace);
            content.write(this);
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory cannot be written", e);
        }
    }

    /** Writes the elements of the root. */
    interface ContentOf {
        void write(XmlDocument document) throws XMLStreamException;
    }

    /** An element with elements in it. */
    void element(String name, Content content) throws XMLStreamException {
        writer.writeStartElement(name);
        content.write();
        writer.writeEndElement();
    }

    /** An element with text in it. */
    void element(String name, String value) throws XMLStreamException {
        element(name, () -> writer.writeCharacters(clean(value)));
    }

    /** An attribute of the element that was begun last. */
    void attribute(String name, String value) throws XMLStreamException {
        writer.writeAttribute(name, clean(value));
    }

    /** Text of the element that was begun last. */
    void text(String value) throws XMLStreamException {
        writer.writeCharacters(clean(value));
    }

    private static String clean(String value) {
        return NO_XML.matcher(value).replaceAll("\uFFFD");
    }

    /** Whether somebody may be led there: whole addresses of the Web alone, and no scripts. */
    static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text + "\n";
    }
}
