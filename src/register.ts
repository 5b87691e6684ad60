import { register } from "./sdk/register/register.ts";

register();
