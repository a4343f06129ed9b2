import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.grok.Grok;
import org.elasticsearch.grok.GrokBuiltinPatterns;
import org.elasticsearch.grok.PatternBank;

/**
 * Tries patterns on lines with Elastic's own grok library, as Elasticsearch's `grok` processor does: the first that fits counts.
 *
 * Argument: a file of lines `NAME TAB DEFINITION`, and `TAB PATTERN` for what is tried, in order. Lines come on standard input,
 * their breaks as `\n` (and `\\` for `\`). For each goes out: number of the pattern (-1 = none), then TAB NAME=VALUE by name.
 */
public class GrokTrial {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> definitions = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            int tab = line.indexOf('\t');
            if (tab == 0) patterns.add(line.substring(1));
            else definitions.put(line.substring(0, tab), line.substring(tab + 1));
        }
        PatternBank bank = GrokBuiltinPatterns.ecsV1Patterns().extendWith(definitions);
        List<Grok> groks = new ArrayList<>();
        for (String pattern : patterns) groks.add(new Grok(bank, pattern, message -> {}));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) out.println(tried(groks, unescaped(line)));
        out.flush();
    }

    private static String tried(List<Grok> groks, String line) {
        for (int i = 0; i < groks.size(); i++) {
            Map<String, Object> captures = groks.get(i).captures(line);
            if (captures == null) continue;
            StringBuilder text = new StringBuilder().append(i);
            new TreeMap<>(captures).forEach((name, value) -> {
                if (value != null) text.append('\t').append(name).append('=').append(escaped(value.toString()));
            });
            return text.toString();
        }
        return "-1";
    }

    private static String unescaped(String line) {
        if (line.indexOf('\\') < 0) return line;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\') text.append(c);
            else text.append(line.charAt(++i) == 'n' ? '\n' : line.charAt(i));
        }
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }
}
