package dev.braid.report.chart;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/*
 * The library writes a standalone document: a style sheet with its own fonts, random ids, fixed
 * colours, fifteen digits. A page with a hundred charts that supports dark mode needs elements that
 * take fonts and colours from the page, have no ids that could collide, and carry a label for
 * screen readers. Equal charts produce equal text.
 */
/** Converts the library's document into an element for a page. */
final class Svg {
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
  private static final Pattern COLOUR = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");

  private static final Set<String> REMOVED_ELEMENTS = Set.of("style", "defs");
  private static final List<String> REMOVED_ATTRIBUTES =
      List.of("id", "class", "clip-path", "clip-bounds-jfx", "stroke-opacity", "fill-opacity");

  private Svg() {}

  /** The labelled element, which shrinks with the page. */
  static String of(String drawn, Label label, int width, int height) {
    try {
      Element svg = parsed(drawn);
      clean(svg);
      describe(svg, label);
      svg.setAttribute("class", "chart");
      svg.setAttribute("viewBox", "0 0 %d %d".formatted(width, height));
      svg.setAttribute("width", Integer.toString(width));
      svg.setAttribute("height", Integer.toString(height));
      return text(svg);
    } catch (ParserConfigurationException | SAXException | IOException | TransformerException e) {
      throw new IllegalStateException("The chart library did not produce an SVG: " + drawn, e);
    }
  }

  private static Element parsed(String drawn)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(drawn)))
        .getDocumentElement();
  }

  private static String text(Element svg) throws TransformerException {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    StringWriter text = new StringWriter();
    transformer.transform(new DOMSource(svg), new StreamResult(text));
    return text.toString();
  }

  private static void describe(Element svg, Label label) {
    child(svg, "desc", label.description());
    child(svg, "title", label.title());
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label.title() + ". " + label.description());
  }

  private static void child(Element svg, String name, String text) {
    Element child = svg.getOwnerDocument().createElementNS(svg.getNamespaceURI(), name);
    child.setTextContent(text);
    svg.insertBefore(child, svg.getFirstChild());
  }

  private static void clean(Element element) {
    cleanAttributes(element);
    Node next = element.getFirstChild();
    while (next != null) {
      Node node = next;
      next = node.getNextSibling();
      if (node instanceof Element child && !isInvisible(child)) {
        clean(child);
      } else if (node instanceof Element || node.getTextContent().isBlank()) {
        element.removeChild(node);
      } else {
        node.setTextContent(node.getTextContent().strip());
      }
    }
  }

  /**
   * Whether it is a style sheet, a frame without a width, or a definition, which are all clip
   * paths.
   */
  private static boolean isInvisible(Element element) {
    return REMOVED_ELEMENTS.contains(element.getLocalName())
        || (element.getLocalName().equals("path") && element.getAttribute("d").isEmpty())
        || (element.getAttribute("stroke-width").equals("0.0")
            && element.getAttribute("fill-opacity").equals("0.0"));
  }

  private static void cleanAttributes(Element element) {
    REMOVED_ATTRIBUTES.forEach(element::removeAttribute);
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      if (attributes.item(i) instanceof Attr attribute) {
        attribute.setValue(rounded(coloured(attribute.getValue())));
      }
    }
  }

  /** Two decimals are more than a screen resolves. */
  private static String rounded(String value) {
    return LONG_NUMBER.matcher(value).replaceAll(Svg::rounded);
  }

  private static String rounded(MatchResult match) {
    double hundredths = Math.rint(100 * Double.parseDouble(match.group())) / 100;
    return hundredths == Math.rint(hundredths)
        ? Long.toString((long) hundredths)
        : Double.toString(hundredths);
  }

  /** Replaces the placeholders with the page's colours. */
  private static String coloured(String value) {
    String hex =
        COLOUR
            .matcher(value)
            .replaceAll(
                match ->
                    "#%02x%02x%02x"
                        .formatted(
                            Integer.parseInt(match.group(1)),
                            Integer.parseInt(match.group(2)),
                            Integer.parseInt(match.group(3))));
    for (Ink ink : Ink.values()) {
      hex = hex.replace(ink.placeholder(), ink.css());
    }
    return hex;
  }
}
