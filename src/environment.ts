import { printEnvironment } from "./cli/environment/print-environment.ts";

void printEnvironment(process.argv[2], process.env);
