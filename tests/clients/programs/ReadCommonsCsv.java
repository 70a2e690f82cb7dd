// Print every table of the data package as JSON: Apache Commons CSV.

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

public class ReadCommonsCsv {
    public static void main(String[] arguments) throws IOException {
        var format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true);
        if (!Arrays.asList(arguments).contains("--defaults")) {
            format.setNullString("");
        }
        Map<String, Object> tables = new LinkedHashMap<>();
        var descriptor = JsonParser.parseString(Files.readString(Path.of("datapackage.json")));
        for (JsonElement resource : descriptor.getAsJsonObject().getAsJsonArray("resources")) {
            var path = Path.of(resource.getAsJsonObject().get("path").getAsString());
            List<Map<String, String>> rows = new ArrayList<>();
            try (var parser = CSVParser.parse(path, StandardCharsets.UTF_8, format.build())) {
                for (CSVRecord record : parser) {
                    rows.add(record.toMap());
                }
            }
            var name = resource.getAsJsonObject().get("name").getAsString();
            tables.put(name, Map.of("rows", rows));
        }
        System.out.println(new GsonBuilder().serializeNulls().create().toJson(tables));
    }
}
