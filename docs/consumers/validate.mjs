// Validates a served AsyncAPI document with the official parser: node validate.mjs URL
import parser from "@asyncapi/parser";

const source = process.argv[2];
const found = await new parser.Parser().validate(await (await fetch(source)).text(), { source });
const errors = found.filter((each) => each.severity < 2);
errors.forEach((each) => console.error(`${each.path.join("/")}: ${each.message}`));
process.exitCode = errors.length > 0 ? 1 : 0;
