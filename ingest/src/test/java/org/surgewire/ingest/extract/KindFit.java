package org.surgewire.ingest.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.surgewire.ingest.extract.Facts.Kind;

/**
 * Works out the points in {@code kinds.txt} from labelled texts by multinomial logistic regression with a quadratic penalty, and
 * writes them. A rare kind weighs by the root of its rarity more than a frequent one. Prints how many kinds are right when each
 * tenth of the texts is read with points from the other nine, which is what to expect of texts never seen.
 */
final class KindFit {
    private static final double PENALTY = 0.003;
    private static final int STEPS = 800;
    private static final double STEP = 0.09;
    private static final double MOMENTUM = 0.9;
    private static final int FOLDS = 10;
    private static final int LEAST_TEXTS = 4;
    private static final int LEAST_POINTS = 2;
    private static final double POINTS = 10;
    private static final List<Kind> KINDS = List.of(Kind.values());

    private record Text(List<Integer> signs, int kind) {}

    private KindFit() {}

    /** Arguments: {@code kinds.txt}, then files of labelled texts. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        List<List<String>> shown = new ArrayList<>();
        List<Integer> kinds = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (int a = 1; a < args.length; a++) {
            for (String line : Files.readAllLines(Path.of(args[a]))) {
                JsonNode labels = mapper.readTree(line);
                if (!labels.path("contested").asText("").contains("kind")) {
                    shown.add(List.copyOf(Extractor.bundled().kindSigns(Evaluation.announcement(labels))));
                    kinds.add(KINDS.indexOf(Kind.valueOf(labels.path("kind").asText())));
                }
            }
        }
        Map<String, Integer> often = new TreeMap<>();
        shown.forEach(signs -> signs.forEach(sign -> often.merge(sign, 1, Integer::sum)));
        List<String> names = new ArrayList<>(List.of("always"));
        often.forEach((sign, texts) -> {
            if (texts >= LEAST_TEXTS) {
                names.add(sign);
            }
        });
        List<Text> texts = new ArrayList<>();
        for (int t = 0; t < shown.size(); t++) {
            List<String> signs = new ArrayList<>(shown.get(t));
            signs.add("always");
            texts.add(new Text(
                    signs.stream().map(names::indexOf).filter(n -> n >= 0).toList(), kinds.get(t)));
        }
        System.out.printf("%d texts, right on texts left out: %.3f%n", texts.size(), leftOut(texts, names.size()));
        write(file, names, fit(texts, names.size()));
    }

    private static double leftOut(List<Text> texts, int signs) {
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < texts.size(); t++) {
            order.add(t);
        }
        Collections.shuffle(order, new Random(1));
        int right = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Text> others = new ArrayList<>();
            List<Text> left = new ArrayList<>();
            for (int n = 0; n < order.size(); n++) {
                (n % FOLDS == fold ? left : others).add(texts.get(order.get(n)));
            }
            double[][] weights = fit(others, signs);
            for (Text text : left) {
                double[] odds = odds(text, weights);
                int best = 0;
                for (int k = 0; k < KINDS.size(); k++) {
                    best = odds[k] > odds[best] ? k : best;
                }
                right += best == text.kind() ? 1 : 0;
            }
        }
        return (double) right / texts.size();
    }

    private static double[][] fit(List<Text> texts, int signs) {
        double[] weight = new double[KINDS.size()];
        for (Text text : texts) {
            weight[text.kind()]++;
        }
        double sum = 0;
        for (int k = 0; k < KINDS.size(); k++) {
            sum += Math.sqrt(weight[k]);
            weight[k] = weight[k] == 0 ? 0 : 1 / Math.sqrt(weight[k]);
        }
        double[][] weights = new double[signs][KINDS.size()];
        double[][] speed = new double[signs][KINDS.size()];
        for (int step = 0; step < STEPS; step++) {
            double[][] gradient = new double[signs][KINDS.size()];
            for (Text text : texts) {
                double[] odds = odds(text, weights);
                double all = 0;
                for (int k = 0; k < KINDS.size(); k++) {
                    odds[k] = Math.exp(odds[k]);
                    all += odds[k];
                }
                for (int k = 0; k < KINDS.size(); k++) {
                    double error = (odds[k] / all - (k == text.kind() ? 1 : 0)) * weight[text.kind()] / sum;
                    for (int sign : text.signs()) {
                        gradient[sign][k] += error;
                    }
                }
            }
            for (int s = 0; s < signs; s++) {
                for (int k = 0; k < KINDS.size(); k++) {
                    speed[s][k] = MOMENTUM * speed[s][k] - STEP * (gradient[s][k] + PENALTY * weights[s][k]);
                    weights[s][k] += speed[s][k];
                }
            }
        }
        return weights;
    }

    private static double[] odds(Text text, double[][] weights) {
        double[] odds = new double[KINDS.size()];
        for (int sign : text.signs()) {
            for (int k = 0; k < KINDS.size(); k++) {
                odds[k] += weights[sign][k];
            }
        }
        return odds;
    }

    private static void write(Path file, List<String> names, double[][] weights) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(line);
            if (line.equals("[POINTS]")) {
                break;
            }
        }
        for (int s = 0; s < names.size(); s++) {
            List<String> given = new ArrayList<>();
            for (int k = 0; k < KINDS.size(); k++) {
                long points = Math.round(POINTS * weights[s][k]);
                if (Math.abs(points) >= LEAST_POINTS) {
                    given.add(KINDS.get(k) + " " + points);
                }
            }
            if (!given.isEmpty()) {
                lines.add(names.get(s) + " = " + String.join(", ", given));
            }
        }
        Files.write(file, lines);
    }
}
