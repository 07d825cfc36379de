package dev.braid.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The keys that may be set: the keys of a reference.
 *
 * <p>An empty object in the reference is a map: all keys below it are allowed.
 */
final class KnownKeys {
  private final NavigableMap<String, Kind> settings = new TreeMap<>();
  private final NavigableSet<String> maps = new TreeSet<>();

  private KnownKeys() {}

  /** The keys of the reference. */
  static KnownKeys of(Config reference) {
    KnownKeys keys = new KnownKeys();
    keys.collect(List.of(), reference.root());
    return keys;
  }

  private void collect(List<String> path, ConfigObject object) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      List<String> key = append(path, entry.getKey());
      if (entry.getValue() instanceof ConfigObject child) {
        if (child.isEmpty()) {
          maps.add(ConfigUtil.joinPath(key));
        } else {
          collect(key, child);
        }
      } else {
        settings.put(ConfigUtil.joinPath(key), Kind.of(entry.getValue()));
      }
    }
  }

  /** Refuses the first key that the reference lacks, or whose value has another type there. */
  void check(Config given) {
    check(List.of(), given.root());
  }

  private void check(List<String> path, ConfigObject object) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
      List<String> key = append(path, entry.getKey());
      String joined = ConfigUtil.joinPath(key);
      ConfigValue value = entry.getValue();
      Kind kind = settings.get(joined);
      if (kind != null) {
        check(joined, value, kind);
        continue;
      }
      if (maps.contains(joined)) {
        continue;
      }
      if (value instanceof ConfigObject child && isGroup(joined)) {
        check(key, child);
      } else {
        throw unknown(key, value);
      }
    }
  }

  private static void check(String key, ConfigValue value, Kind kind) {
    if (!kind.fits(value)) {
      throw new SettingsException(
          "Invalid setting %s: %s (%s; %s)"
              .formatted(key, value.unwrapped(), value.origin().description(), kind.phrase));
    }
  }

  /** The type of a value in the reference, which all other values must have. */
  private enum Kind {
    WHOLE("a whole number"),
    NUMBER("a number"),
    LIST("a list"),
    TEXT("a text");

    private final String phrase;

    Kind(String phrase) {
      this.phrase = phrase;
    }

    static Kind of(ConfigValue reference) {
      return switch (reference.valueType()) {
        case NUMBER -> reference.unwrapped() instanceof Double ? NUMBER : WHOLE;
        case LIST -> LIST;
        default -> TEXT;
      };
    }

    /** A number may be given as text: values from the environment and from Spark are. */
    boolean fits(ConfigValue value) {
      ConfigValueType type = value.valueType();
      boolean isOne = type != ConfigValueType.LIST && type != ConfigValueType.OBJECT;
      return switch (this) {
        case WHOLE -> isOne && isNumber(value, /* whole= */ true);
        case NUMBER -> isOne && isNumber(value, /* whole= */ false);
        case LIST -> type == ConfigValueType.LIST;
        case TEXT -> isOne;
      };
    }

    private static boolean isNumber(ConfigValue value, boolean whole) {
      try {
        BigDecimal number = new BigDecimal(String.valueOf(value.unwrapped()));
        return !whole || number.longValueExact() == number.doubleValue();
      } catch (NumberFormatException e) {
        return false;
      } catch (ArithmeticException e) { // a fraction, or beyond a long
        return false;
      }
    }
  }

  private SettingsException unknown(List<String> key, ConfigValue value) {
    if (value instanceof ConfigObject group && !group.isEmpty()) {
      Map.Entry<String, ConfigValue> first = new TreeMap<>(group).firstEntry();
      return unknown(append(key, first.getKey()), first.getValue());
    }
    String joined = ConfigUtil.joinPath(key);
    return new SettingsException(
        "Unknown setting %s (%s): the nearest known one is %s"
            .formatted(joined, value.origin().description(), nearest(joined)));
  }

  private boolean isGroup(String key) {
    String prefix = key + ".";
    return startsWith(settings.navigableKeySet(), prefix) || startsWith(maps, prefix);
  }

  private static boolean startsWith(NavigableSet<String> keys, String prefix) {
    String next = keys.ceiling(prefix);
    return next != null && next.startsWith(prefix);
  }

  private String nearest(String key) {
    return settings.keySet().stream()
        .min(Comparator.comparingInt((String known) -> edits(known, key)))
        .orElseThrow();
  }

  private static List<String> append(List<String> path, String name) {
    return Stream.concat(path.stream(), Stream.of(name)).toList();
  }

  /** The edit distance: the fewest insertions, deletions and replacements between two texts. */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int above = row[column];
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        row[column] = Math.min(replaced, 1 + Math.min(above, row[column - 1]));
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
